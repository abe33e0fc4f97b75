// What the soaks share: dice, complaints, and the accounts of descriptors and memory.
#pragma once

#include <uv.h>

#if defined(_WIN32)
#include "open_handles.h"
#else
#include <dirent.h>
#endif

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>

inline std::mt19937_64 dice;

inline std::uint64_t roll(std::uint64_t limit) {
  return dice() % limit;
}
inline bool chance(int percent) {
  return roll(100) < static_cast<std::uint64_t>(percent);
}

[[noreturn]] inline void fail(const char* what, long long detail) {
  std::fprintf(stderr, "soak: %s (%lld)\n", what, detail);
  std::abort();
}

inline void must(int result, const char* what) {
  if (result != 0) fail(what, result);
}

#if defined(_WIN32)
inline constexpr char kPlaceOfPipes[] = "\\\\?\\pipe\\";
inline int open_descriptors() {
  return test_support::count_open_handles();
}
#else
inline constexpr char kPlaceOfPipes[] = "/tmp/";
inline int open_descriptors() {
  DIR* folder = opendir("/proc/self/fd");
  int count = 0;
  while (readdir(folder) != nullptr)
    ++count;
  closedir(folder);
  return count;
}
#endif

// What the library holds.
inline long long live_allocations = 0;

inline void* counted(void* memory) {
  if (memory != nullptr) ++live_allocations;
  return memory;
}

inline void count_allocations() {
  must(uv_replace_allocator(
           [](std::size_t size) { return counted(std::malloc(size)); },
           [](void* memory, std::size_t size) {
             return memory == nullptr ? counted(std::malloc(size)) : std::realloc(memory, size);
           },
           [](std::size_t count, std::size_t size) { return counted(std::calloc(count, size)); },
           [](void* memory) {
             if (memory != nullptr) --live_allocations;
             std::free(memory);
           }),
       "uv_replace_allocator");
}
