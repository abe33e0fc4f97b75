#include "os/descriptor.h"

#include <io.h>

#include <utility>

#include "os/windows/taken_files.h"
#include "os/windows/windows_error.h"
#include "os/windows/winsock.h"

namespace violet {
namespace {

// Sockets are handles too, but have to be closed and copied by Winsock, which keeps tables of its
// own about them.
bool is_system_socket(SOCKET socket) {
  return socket_type(socket) != 0;
}

int duplicate_socket(SOCKET socket, OwnedDescriptor& copy) {
  WSAPROTOCOL_INFOW description;
  if (WSADuplicateSocketW(socket, GetCurrentProcessId(), &description) != 0) {
    return last_socket_error();
  }
  const SOCKET made = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO,
                                 &description, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  if (made == INVALID_SOCKET) return last_socket_error();
  copy = OwnedDescriptor(Descriptor::of(made));
  return 0;
}

}  // namespace

Descriptor descriptor_of_file(uv_file file) {
  return Descriptor::if_open(static_cast<Descriptor::Native>(_get_osfhandle(file)));
}

Descriptor descriptor_of_socket(uv_os_sock_t socket) {
  return Descriptor::if_open(socket);
}

uv_os_sock_t system_socket(Descriptor descriptor) {
  return descriptor.native();
}

uv_os_fd_t system_handle(Descriptor descriptor) {
  return reinterpret_cast<uv_os_fd_t>(descriptor.native());
}

void close_descriptor(Descriptor descriptor) {
  if (!descriptor.is_open()) return;
  const int saved_errno = errno;
  if (is_system_socket(descriptor.native())) {
    closesocket(descriptor.native());
  } else if (!close_taken_file(system_handle(descriptor))) {
    CloseHandle(system_handle(descriptor));
  }
  errno = saved_errno;
}

int duplicate_descriptor(Descriptor descriptor, OwnedDescriptor& copy) {
  if (is_system_socket(descriptor.native())) return duplicate_socket(descriptor.native(), copy);
  const HANDLE self = GetCurrentProcess();
  HANDLE made = nullptr;
  if (!DuplicateHandle(self, system_handle(descriptor), self, &made, 0, FALSE,
                       DUPLICATE_SAME_ACCESS)) {
    return last_windows_error();
  }
  copy = OwnedDescriptor(Descriptor::of(reinterpret_cast<Descriptor::Native>(made)));
  return 0;
}

// Handles run out with the memory only.
int reserve_descriptor(OwnedDescriptor&) {
  return UV_ENOTSUP;
}

}  // namespace violet
