// What the tests of the public API share. They run on any library with libuv's interface, older
// ones included: a test of a newer function asks for it first.
#pragma once

#include <gtest/gtest.h>
#include <uv.h>

#include <cstddef>
#include <cstdint>
#include <string>

// Skips the test when the library that is loaded lacks the function.
#define REQUIRE_FUNCTION(name)                                                    \
  if (!::conformance::library_has(#name)) {                                       \
    GTEST_SKIP() << "the library " << uv_version_string() << " has no " << #name; \
  }                                                                               \
  static_assert(true, "takes the semicolon")

namespace conformance {

// Whether the library that is loaded has a function of that name.
bool library_has(const char* function);

// The system's handle as the number that it is.
inline std::intptr_t number_of(uv_os_fd_t handle) {
  return (std::intptr_t)handle;  // NOLINT: a pointer on Windows, an int elsewhere
}

// ThreadSanitizer cannot follow threads that the forked child of a process with threads starts.
#if defined(__SANITIZE_THREAD__)
inline constexpr bool kForkedChildrenMayStartThreads = false;
#else
inline constexpr bool kForkedChildrenMayStartThreads = true;
#endif

// The sanitizers put a realpath(3) of theirs before the C library's; it has room for PATH_MAX. So
// have those of other C libraries than glibc.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
inline constexpr bool kRealpathIsLimited = true;
#else
inline constexpr bool kRealpathIsLimited = false;
#endif

// Skips by hand where behaviour changed: whether the library is at least this version.
inline bool is_at_least(unsigned major, unsigned minor) {
  return uv_version() >= ((major << 16) | (minor << 8));
}

// The common contract of functions that write text to a buffer with its capacity in `*size`.
template <typename Function>
void check_output_contract(Function function) {
  char buffer[4096];
  std::size_t size = sizeof(buffer);
  EXPECT_EQ(UV_EINVAL, function(nullptr, &size));
  EXPECT_EQ(UV_EINVAL, function(buffer, nullptr));
  size = 0;
  EXPECT_EQ(UV_EINVAL, function(buffer, &size));
  size = sizeof(buffer);
  ASSERT_EQ(0, function(buffer, &size));
  const std::string text = buffer;
  EXPECT_EQ(text.size(), size);
  if (text.empty()) return;  // A machine without a name; it fits into everything.
  size = 1;
  EXPECT_EQ(UV_ENOBUFS, function(buffer, &size));
  EXPECT_EQ(text.size() + 1, size);
  EXPECT_EQ(0, function(buffer, &size)) << "the size asked for is enough";
  EXPECT_EQ(text, buffer);
}

}  // namespace conformance
