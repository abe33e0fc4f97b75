#include "core/handle.h"
#include "os/socket.h"

using violet::Descriptor;
using violet::Handle;
using violet::handle_of;

namespace {

int buffer_size(uv_handle_t* public_handle, violet::SocketBuffer which, int* value) {
  if (public_handle == nullptr || value == nullptr) return UV_EINVAL;
  const Handle& handle = handle_of(public_handle);
  if (handle.type != UV_TCP && handle.type != UV_NAMED_PIPE && handle.type != UV_UDP) {
    return UV_ENOTSUP;
  }
  Descriptor descriptor = handle.kind->descriptor(handle);
  if (!descriptor.is_open()) return UV_EBADF;
  return violet::socket_buffer_size(descriptor, which, value);
}

}  // namespace

int uv_fileno(const uv_handle_t* public_handle, uv_os_fd_t* fd) {
  const Handle& handle = handle_of(public_handle);
  if (handle.kind->descriptor == nullptr) return UV_EINVAL;
  Descriptor descriptor = handle.kind->descriptor(handle);
  if (handle.has(violet::kClosing) || !descriptor.is_open()) return UV_EBADF;
  *fd = violet::system_handle(descriptor);
  return 0;
}

int uv_send_buffer_size(uv_handle_t* handle, int* value) {
  return buffer_size(handle, violet::SocketBuffer::kSend, value);
}
int uv_recv_buffer_size(uv_handle_t* handle, int* value) {
  return buffer_size(handle, violet::SocketBuffer::kReceive, value);
}
