#include "os/open_files.h"

#include "uv.h"

uv_handle_type uv_guess_handle(uv_file file) {
  return violet::guess_handle(violet::descriptor_of_file(file));
}

int uv_pipe(uv_file ends[2], int read_flags, int write_flags) {
  return violet::create_pipe(ends, read_flags, write_flags);
}

int uv_socketpair(int type, int protocol, uv_os_sock_t ends[2], int flags0, int flags1) {
  violet::OwnedDescriptor created[2];
  int error = violet::create_socket_pair(type, protocol, created, flags0, flags1);
  if (error != 0) return error;
  ends[0] = violet::system_socket(created[0].take());
  ends[1] = violet::system_socket(created[1].take());
  return 0;
}

void uv_disable_stdio_inheritance(void) {
  violet::disable_inheritance();
}

uv_os_fd_t uv_get_osfhandle(int file) {
  return violet::system_handle(file);
}

int uv_open_osfhandle(uv_os_fd_t handle) {
  return violet::open_system_handle(handle);
}
