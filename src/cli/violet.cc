// The command line program: `violet doctor` tells which engines work here, and why others do not.
#include <uv.h>
#include <violet/violet.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

constexpr const char* kEngines[] = {"epoll", "uring"};

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
  unsetenv("VIOLET_BACKEND_STRICT");
  bool default_works = false;
  for (const char* engine : kEngines) {
    bool works = examine(engine);
    if (engine == kEngines[0]) default_works = works;
  }
  return default_works ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "doctor") == 0) return examine_all();
  std::fputs(
      "usage: violet doctor\n\n"
      "  doctor   tells which engines work here, what they use, and what was refused and why\n",
      stderr);
  return 2;
}
