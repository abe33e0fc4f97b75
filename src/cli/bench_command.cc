#include "cli/bench_command.h"

#include <unistd.h>
#include <uv.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace cli {
namespace {

constexpr const char* kHarness = "/bench/harness/__main__.py";
constexpr const char* kPython = "python3";
constexpr std::size_t kPathSize = 4096;

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

int become_harness(const char* harness, const char* build, char** words) {
  std::size_t count = 0;
  while (words[count] != nullptr)
    ++count;
  const char** command = static_cast<const char**>(std::calloc(count + 3, sizeof(char*)));
  char option[kPathSize + 64];
  if (command == nullptr) return 2;
  std::snprintf(option, sizeof(option), "--build=%s", build);
  command[0] = kPython;
  command[1] = harness;
  command[2] = option;
  // A --build of the user's comes later and wins.
  std::memcpy(command + 3, words + 1, (count - 1) * sizeof(char*));
  execvp(kPython, const_cast<char**>(command));
  std::perror("violet: python3, which the benchmarks are started with");
  return 2;
}

}  // namespace

int run_bench(char** words) {
  char build[kPathSize];
  char harness[kPathSize + 64];
  std::size_t size = sizeof(build);
  if (uv_exepath(build, &size) != 0 || !go_up(build)) return 2;
  if (find_harness(build, harness)) return become_harness(harness, build, words);
  std::fprintf(stderr,
               "violet: the benchmarks stand in Violet's source tree, which is not above %s;\n"
               "build there and run the `violet bench` of that build (docs/performance.md)\n",
               build);
  return 2;
}

}  // namespace cli
