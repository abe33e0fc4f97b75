// Open files of any kind, by file descriptor.
#include "os/open_files.h"

#include <fcntl.h>
#include <io.h>

#include <cstring>

#include "os/windows/console_output.h"
#include "os/windows/inherited_files.h"
#include "os/windows/open_file.h"
#include "os/windows/pipe_in_use.h"
#include "os/windows/pipe_pair.h"
#include "os/windows/winsock.h"

namespace violet {
namespace {

// UV_UNKNOWN_HANDLE for what is no socket.
uv_handle_type kind_of_socket(SOCKET socket) {
  const int type = socket_type(socket);
  if (type == SOCK_STREAM) return UV_TCP;
  return type == SOCK_DGRAM ? UV_UDP : UV_UNKNOWN_HANDLE;
}

// Gives the handle away when it succeeds.
int open_descriptor(OwnedHandle& handle, int flags, uv_file& opened) {
  opened = _open_osfhandle(reinterpret_cast<intptr_t>(handle.get()), flags);
  if (opened < 0) return UV_EMFILE;
  handle.take();
  return 0;
}

}  // namespace

uv_handle_type guess_handle(Descriptor descriptor) {
  if (!descriptor.is_open()) return UV_UNKNOWN_HANDLE;
  const HANDLE handle = system_handle(descriptor);
  if (is_pipe_in_use(handle)) return UV_NAMED_PIPE;
  switch (GetFileType(handle)) {
    case FILE_TYPE_DISK:
      return UV_FILE;
    case FILE_TYPE_CHAR:
      // The null device is read and written as a file.
      return is_console(handle) ? UV_TTY : UV_FILE;
    case FILE_TYPE_PIPE: {
      const uv_handle_type socket = kind_of_socket(descriptor.native());
      return socket != UV_UNKNOWN_HANDLE ? socket : UV_NAMED_PIPE;
    }
    default:
      return UV_UNKNOWN_HANDLE;
  }
}

int create_pipe(uv_file ends[2], int read_flags, int write_flags) {
  OwnedHandle reading;
  OwnedHandle writing;
  const PipeEnd read_end = {true, false, (read_flags & UV_NONBLOCK_PIPE) != 0};
  const PipeEnd write_end = {false, true, (write_flags & UV_NONBLOCK_PIPE) != 0};
  if (int error = create_pipe_pair(read_end, reading, write_end, writing); error != 0) return error;
  uv_file first;
  uv_file second;
  if (int error = open_descriptor(reading, _O_BINARY | _O_NOINHERIT | _O_RDONLY, first);
      error != 0) {
    return error;
  }
  if (int error = open_descriptor(writing, _O_BINARY | _O_NOINHERIT, second); error != 0) {
    _close(first);
    return error;
  }
  ends[0] = first;
  ends[1] = second;
  return 0;
}

void disable_inheritance() {
  for (DWORD name : {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE}) {
    const HANDLE handle = GetStdHandle(name);
    if (handle != nullptr && handle != INVALID_HANDLE_VALUE) {
      SetHandleInformation(handle, HANDLE_FLAG_INHERIT, 0);
    }
  }
  STARTUPINFOW start;
  GetStartupInfoW(&start);
  const InheritedFiles inherited(start.lpReserved2, start.cbReserved2);
  for (unsigned i = 0; i < inherited.count(); ++i) {
    if (inherited.handle(i) != INVALID_HANDLE_VALUE) {
      SetHandleInformation(inherited.handle(i), HANDLE_FLAG_INHERIT, 0);
    }
  }
}

uv_os_fd_t system_handle(uv_file file) {
  return handle_of_file(file);
}

uv_file open_system_handle(uv_os_fd_t handle) {
  return _open_osfhandle(reinterpret_cast<intptr_t>(handle), 0);
}

}  // namespace violet
