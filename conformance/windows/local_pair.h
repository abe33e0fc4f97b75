// What the tests of uv_pipe_t ask of the system: ends of a connection to be opened with
// uv_pipe_open(), and names that nobody has. As tests/support/local_pair.h, with named pipes.
#pragma once

#include <string>

#include "posix_calls.h"

namespace test_support {

// A name to bind to.
class LocalName {
 public:
  LocalName() {
    static int number = 0;
    name_ = "\\\\?\\pipe\\violet-test-" + std::to_string(uv_os_getpid()) + "-" +
            std::to_string(++number) + "-" + std::to_string(uv_hrtime());
  }
  LocalName(const LocalName&) = delete;
  LocalName& operator=(const LocalName&) = delete;

  const std::string& get() const { return name_; }
  // One that cannot be bound to.
  static std::string impossible() { return "C:\\none\\pipe"; }
  // One that is longer than the system has them.
  static std::string too_long() { return "\\\\?\\pipe\\" + std::string(300, 'x'); }

 private:
  std::string name_;
};

// How often such an end is among the open descriptors of conformance/api/platform.h: they are
// sockets.
inline constexpr int kCountsPipes = 0;

// From such an end, without its handle; -1 when there is nothing.
inline std::ptrdiff_t read_at_once(uv_os_fd_t end, void* bytes, std::size_t size) {
  return posix_transfer(end, bytes, size, false, false);
}

inline int open_null_device() {
  return ::_open("NUL", O_RDONLY);
}
// Whether the file has the number that a handle had before it was closed: nobody knows.
inline bool has_place_of(int, uv_os_fd_t) {
  return true;
}

// Two connected ends that read and write. 0, or another value.
inline int open_local_pair(uv_file ends[2]) {
  return posix_pipe_ends(ends);
}

}  // namespace test_support
