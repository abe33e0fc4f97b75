#include "os/socket_io.h"

#include "os/windows/console_output.h"
#include "os/windows/named_pipe.h"
#include "os/windows/socket_buffers.h"
#include "os/windows/windows_error.h"

namespace violet {

// Writes to sockets and consoles. Pipes are written by the engine, which alone can wait for them;
// here only for the output that is held at the end of the process.
std::int64_t write_gathered(Descriptor descriptor, const uv_buf_t* buffers, unsigned int count) {
  const HANDLE pipe = system_handle(descriptor);
  if (is_console(pipe)) return write_to_console(pipe, buffers, count);
  if (GetFileType(pipe) != FILE_TYPE_PIPE) return UV_ENOTSUP;
  std::int64_t written = 0;
  for (unsigned int i = 0; i < count; ++i) {
    // An empty write would tell the reader of the end.
    if (buffers[i].len == 0) continue;
    const std::int64_t outcome =
        write_to_pipe(pipe, buffers[i].base, buffers[i].len, PipeWait::kNever);
    if (outcome < 0) return written > 0 ? written : outcome;
    written += outcome;
  }
  return written;
}

std::int64_t send_gathered(Descriptor socket, const uv_buf_t* buffers, unsigned int count) {
  DWORD sent = 0;
  if (WSASend(socket.native(), system_buffers(buffers), count, &sent, 0, nullptr, nullptr) != 0) {
    return last_socket_error();
  }
  return sent;
}

// Sockets travel as descriptions in the bytes of a pipe here.
std::int64_t send_with_descriptor(Descriptor, const uv_buf_t*, unsigned int, Descriptor) {
  return UV_ENOTSUP;
}

int connect_socket(Descriptor socket, const sockaddr* address, unsigned int length) {
  if (connect(socket.native(), address, static_cast<int>(length)) == 0) return 0;
  const int error = last_socket_error();
  return error == UV_EAGAIN ? kConnectUnderWay : error;
}

int socket_error(Descriptor socket) {
  int error = 0;
  int size = sizeof(error);
  if (getsockopt(socket.native(), SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &size) !=
      0) {
    return last_socket_error();
  }
  return error_from_windows(static_cast<unsigned long>(error));
}

}  // namespace violet
