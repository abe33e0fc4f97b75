// What the tests of uv_pipe_t ask of the system: ends of a connection to be opened with
// uv_pipe_open(), and names that nobody has. conformance/windows has a file of the same name.
#pragma once

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include <cstdlib>
#include <string>

namespace test_support {

// Two connected ends that read and write. 0, or another value.
inline int open_local_pair(uv_file ends[2]) {
  return uv_socketpair(SOCK_STREAM, 0, ends, UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE);
}

// How often such an end is among the open descriptors of conformance/api/platform.h.
inline constexpr int kCountsPipes = 1;

// From such an end, without its handle; -1 when there is nothing.
inline ssize_t read_at_once(uv_os_fd_t end, void* bytes, std::size_t size) {
  return recv(end, bytes, size, MSG_DONTWAIT | MSG_WAITALL);
}

inline int open_null_device() {
  return open("/dev/null", O_RDONLY | O_CLOEXEC);
}
// Whether the file has the number that a handle had before it was closed. The lowest is taken.
inline bool has_place_of(int file, uv_os_fd_t closed) {
  return file == closed;
}

// A name to bind to; its file is removed in the end.
class LocalName {
 public:
  LocalName() {
    char folder[256];
    std::size_t size = sizeof(folder);
    if (uv_os_tmpdir(folder, &size) != 0) return;
    folder_ = std::string(folder) + "/violet-pipe-XXXXXX";
    if (mkdtemp(&folder_[0]) == nullptr) return;
    name_ = folder_ + "/socket";
  }
  ~LocalName() {
    unlink(name_.c_str());
    rmdir(folder_.c_str());
  }
  LocalName(const LocalName&) = delete;
  LocalName& operator=(const LocalName&) = delete;

  const std::string& get() const { return name_; }
  // One that cannot be bound to.
  std::string impossible() const { return folder_ + "/none/socket"; }
  // One that is longer than the system has them.
  static std::string too_long() { return "/tmp/" + std::string(300, 'x'); }

 private:
  std::string folder_;
  std::string name_;
};

}  // namespace test_support
