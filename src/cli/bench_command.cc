#include "cli/bench_command.h"

#include <uv.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "cli/program.h"

namespace cli {
namespace {

constexpr const char* kHarness = "/bench/harness/__main__.py";
constexpr std::size_t kPathSize = 4096;
constexpr int kFailed = 2;

// By which names Python is started, the second word an option or null; no system has all of them.
struct Python {
  const char* name;
  const char* option;
};
constexpr Python kPythons[] = {{"python3", nullptr}, {"python", nullptr}, {"py", "-3"}};
constexpr const char* kIsNewEnough = "import sys; sys.exit(sys.version_info < (3, 9))";

// Cuts the last part off; false when nothing is left.
bool go_up(char* path) {
  char* slash = std::strrchr(path, '/');
  // As Windows writes paths.
  char* backslash = std::strrchr(path, '\\');
  if (backslash != nullptr && (slash == nullptr || backslash > slash)) slash = backslash;
  if (slash == nullptr) return false;
  *slash = '\0';
  return true;
}

bool exists(const char* path) {
  uv_fs_t request;
  const int error = uv_fs_access(nullptr, &request, path, 0, nullptr);
  uv_fs_req_cleanup(&request);
  return error == 0;
}

// The harness in the folder `build` or above it.
bool find_harness(const char* build, char (&harness)[kPathSize + 64]) {
  char folder[kPathSize];
  std::strcpy(folder, build);
  do {
    std::snprintf(harness, sizeof(harness), "%s%s", folder, kHarness);
    if (exists(harness)) return true;
  } while (go_up(folder));
  return false;
}

// One that can be used, or null. Each is tried: a name may lead to Python 2, or, on Windows, to a
// program that only tells where Python can be bought.
const Python* find_python() {
  for (const Python& python : kPythons) {
    const char* words[5] = {python.name};
    std::size_t count = 1;
    if (python.option != nullptr) words[count++] = python.option;
    words[count++] = "-c";
    words[count] = kIsNewEnough;
    if (succeeds(words)) return &python;
  }
  return nullptr;
}

int say_what_was_sought() {
  std::fputs("violet: the benchmarks need Python 3.9 or later; none of these is one:", stderr);
  for (const Python& python : kPythons)
    std::fprintf(stderr, " `%s%s%s`", python.name, python.option != nullptr ? " " : "",
                 python.option != nullptr ? python.option : "");
  std::fputs("\n", stderr);
  return kFailed;
}

int become_harness(const char* harness, const char* build, char** words) {
  const Python* python = find_python();
  if (python == nullptr) return say_what_was_sought();
  std::size_t given = 1;
  while (words[given] != nullptr)
    ++given;
  // Python with its option, the harness, the folder, and null take the place of "bench".
  const char** command = static_cast<const char**>(std::calloc(given + 4, sizeof(char*)));
  if (command == nullptr) return kFailed;
  char option[kPathSize + 64];
  std::snprintf(option, sizeof(option), "--build=%s", build);
  std::size_t count = 0;
  command[count++] = python->name;
  if (python->option != nullptr) command[count++] = python->option;
  command[count++] = harness;
  command[count++] = option;
  // A --build of the user's comes later and wins.
  std::memcpy(command + count, words + 1, (given - 1) * sizeof(char*));
  const std::optional<int> status = become(command);
  std::free(command);
  return status.value_or(kFailed);
}

}  // namespace

int run_bench(char** words) {
  char build[kPathSize];
  char harness[kPathSize + 64];
  std::size_t size = sizeof(build);
  if (uv_exepath(build, &size) != 0 || !go_up(build)) return kFailed;
  if (find_harness(build, harness)) return become_harness(harness, build, words);
  std::fprintf(stderr,
               "violet: the benchmarks stand in Violet's source tree, which is not above %s;\n"
               "build there and run the `violet bench` of that build (docs/performance.md)\n",
               build);
  return kFailed;
}

}  // namespace cli
