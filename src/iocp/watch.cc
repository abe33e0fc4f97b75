// Interest in channels, and which descriptors can be of interest.
#include "iocp/engine_class.h"
#include "os/windows/windows_error.h"

namespace violet {

int IocpEngine::watch(Channel& channel, Events wanted) {
  const int error = interest_.watch(channel, wanted);
  const bool is_read = (wanted & kReceive) != 0;
  if (error == 0 && is_read && channel.is_pipe()) pipe_ops_.begin_turns(channel);
  return error;
}

// The channel's descriptor is the process handle; as long as it is open the pid is not used again.
int IocpEngine::watch_child(Channel& channel, int) {
  return interest_.watch_child(channel);
}

void IocpEngine::forget(Channel& channel) {
  pipe_ops_.leave(channel);
  interest_.forget(channel);
}

int IocpEngine::check_unused(Descriptor descriptor) {
  return interest_.check_unused(descriptor);
}

// The AFD driver polls nothing but sockets.
int IocpEngine::check_pollable(Descriptor descriptor) {
  if (socket_type(descriptor.native()) == 0) return last_socket_error();
  return AfdDevice::base_socket(descriptor.native()) != INVALID_SOCKET ? 0 : UV_ENOTSUP;
}

}  // namespace violet
