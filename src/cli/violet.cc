// The command line program: `violet doctor` tells which engines work here, and why others do not;
// `violet run` starts the JavaScript shim, a program of its own that stands beside this one;
// `violet bench` starts the benchmarks.
#include <uv.h>
#include <violet/violet.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "cli/bench_command.h"
#include "cli/program.h"

namespace {

// Those of this build, with spaces between, the default first.
constexpr const char* kEngines = VIOLET_ENGINES;

void print_features(const violet_backend_report_t& report) {
  for (unsigned int i = 0; i < report.feature_count; ++i) {
    const violet_feature_t& feature = report.features[i];
    if (feature.in_use != 0) {
      std::printf("  + %s\n", feature.name);
    } else {
      std::printf("  - %s: %s\n", feature.name, feature.reason);
    }
  }
}

// False when the engine does not work.
bool examine(const char* engine) {
  uv_loop_t loop;
  int error = violet_loop_init(&loop, engine);
  if (error != 0) {
    std::printf("%s: does not work (%s)\n", engine, uv_strerror(error));
    return false;
  }
  violet_backend_report_t report = {};
  report.size = sizeof(report);
  violet_backend_report(&loop, &report);
  const bool works = std::strcmp(report.backend, engine) == 0;
  if (works) {
    std::printf("%s: works\n", engine);
    print_features(report);
  } else {
    std::printf("%s: does not work: %s\n", engine, report.fallback_reason);
  }
  uv_loop_close(&loop);
  return works;
}

void print_choice() {
  uv_loop_t loop;
  int error = uv_loop_init(&loop);
  if (error != 0) {
    std::printf("a loop gets: none (%s)\n", uv_strerror(error));
    return;
  }
  violet_backend_report_t report = {};
  report.size = sizeof(report);
  violet_backend_report(&loop, &report);
  std::printf("a loop gets: %s%s%s%s\n", report.backend,
              report.requested[0] != '\0' ? " (requested: " : "", report.requested,
              report.requested[0] != '\0' ? ")" : "");
  uv_loop_close(&loop);
}

int examine_all() {
  std::printf("Violet, API %s\n", uv_version_string());
  print_choice();
  // A refusal is reported here, with its reason, instead of ending in UV_ENOTSUP.
  uv_os_unsetenv("VIOLET_BACKEND_STRICT");
  bool default_works = false;
  for (const char* name = kEngines; *name != '\0';) {
    char engine[32] = {};
    const std::size_t length = std::strcspn(name, " ");
    std::memcpy(engine, name, length < sizeof(engine) ? length : sizeof(engine) - 1);
    const bool works = examine(engine);
    if (name == kEngines) default_works = works;
    name += length + std::strspn(name + length, " ");
  }
  return default_works ? 0 : 1;
}

// The shim is the program beside this one with "-run" at the end of its name, before what Windows
// adds.
int run_script(const char** words) {
  constexpr const char* kSuffix = ".exe";
  char path[4096];
  size_t size = sizeof(path);
  if (uv_exepath(path, &size) == 0 && size + sizeof("-run.exe") <= sizeof(path)) {
    const std::size_t length = std::strlen(kSuffix);
    const bool has_suffix = size > length && std::strcmp(path + size - length, kSuffix) == 0;
    std::snprintf(path + size - (has_suffix ? length : 0), sizeof("-run.exe"), "-run%s",
                  has_suffix ? kSuffix : "");
    words[0] = path;
    if (const std::optional<int> status = cli::become(words)) return *status;
  }
  std::fputs("violet: this build has no JavaScript (tools/fetch_v8.sh fetches what it needs)\n",
             stderr);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "doctor") == 0) return examine_all();
  if (argc >= 2 && std::strcmp(argv[1], "run") == 0) {
    return run_script(const_cast<const char**>(argv + 1));
  }
  if (argc >= 2 && std::strcmp(argv[1], "bench") == 0) return cli::run_bench(argv + 1);
  std::fputs(
      "usage: violet doctor\n"
      "       violet run [options] FILE [arguments]\n"
      "       violet bench [options]\n\n"
      "  bench    measures engines and libraries side by side (docs/performance.md)\n"
      "  run      runs a JavaScript program (docs/javascript.md)\n"
      "  doctor   tells which engines work here, what they use, and what was refused and why\n",
      stderr);
  return 2;
}
