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

// From such an end, without its handle; -1 when there is nothing. A call that is pending is taken
// back. With the lowest bit set in its event it reports to no port.
inline std::ptrdiff_t read_at_once(uv_os_fd_t end, void* bytes, std::size_t size) {
  OVERLAPPED overlapped = {};
  const HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  overlapped.hEvent = reinterpret_cast<HANDLE>(reinterpret_cast<std::uintptr_t>(event) | 1);
  const DWORD wanted = static_cast<DWORD>(size);
  if (!ReadFile(end, bytes, wanted, nullptr, &overlapped) && GetLastError() == ERROR_IO_PENDING) {
    CancelIoEx(end, &overlapped);
    WaitForSingleObject(event, INFINITE);
  }
  CloseHandle(event);
  return overlapped.Internal == 0 ? static_cast<std::ptrdiff_t>(overlapped.InternalHigh) : -1;
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
  const LocalName name;
  const HANDLE server =
      CreateNamedPipeA(name.get().c_str(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
                       PIPE_TYPE_MESSAGE | PIPE_READMODE_BYTE, 1, 65536, 65536, 0, nullptr);
  const HANDLE client = CreateFileA(name.get().c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr,
                                    OPEN_EXISTING, FILE_FLAG_OVERLAPPED, nullptr);
  if (server == INVALID_HANDLE_VALUE || client == INVALID_HANDLE_VALUE) return -1;
  ends[0] = _open_osfhandle(reinterpret_cast<intptr_t>(server), O_BINARY);
  ends[1] = _open_osfhandle(reinterpret_cast<intptr_t>(client), O_BINARY);
  return ends[0] < 0 || ends[1] < 0 ? -1 : 0;
}

}  // namespace test_support
