// Local sockets, whose place named pipes take on Windows: not written yet. Nothing opens here, so
// that the functions for what is open are not reached.
#include "os/local_socket.h"

namespace violet {

const char* LocalAddress::path() const {
  return "";
}

int make_local_address(const char*, std::size_t, bool, LocalAddress&) {
  return UV_ENOTSUP;
}

int open_local_socket(OwnedDescriptor&) {
  return UV_ENOTSUP;
}

int bind_local_socket(Descriptor, const LocalAddress&) {
  return UV_ENOTSUP;
}

SocketFile socket_file(const char*) {
  return {};
}

void remove_socket_file(const char*, const SocketFile&) {}

int allow_everybody(Descriptor, const SocketFile&, bool, bool) {
  return UV_ENOTSUP;
}

int local_socket_name(Descriptor, SocketEnd, char*, std::size_t*) {
  return UV_ENOTSUP;
}

int access_mode(Descriptor, AccessMode&) {
  return UV_ENOTSUP;
}

std::int64_t receive_with_descriptors(Descriptor, const uv_buf_t&, PassedDescriptors&) {
  return UV_ENOTSUP;
}

}  // namespace violet
