// Interest in descriptors, and operations on them: refused until they are written.
#include "iocp/engine_class.h"

namespace violet {
namespace {

Submitted refuse(Op& op) {
  op.result = UV_ENOTSUP;
  return Submitted::kDone;
}

}  // namespace

int IocpEngine::watch(Channel&, Events wanted) {
  return wanted == kNoEvents ? 0 : UV_ENOTSUP;
}

void IocpEngine::forget(Channel& channel) {
  channel.wanted = channel.armed = channel.events = kNoEvents;
  channel.ready.link.unlink_if_linked();
  channel.change.unlink_if_linked();
}

int IocpEngine::check_pollable(Descriptor) {
  return UV_ENOTSUP;
}

Submitted IocpEngine::connect(Op& op, const ConnectArgument&) {
  return refuse(op);
}

Submitted IocpEngine::write(Op& op, const WriteArgument&) {
  return refuse(op);
}

Submitted IocpEngine::read(Op&, const ReadArgument&) {
  return Submitted::kNeedsThreadPool;
}

Submitted IocpEngine::shut_down(Op& op) {
  return refuse(op);
}

bool IocpEngine::cancel(Op&) {
  return true;
}

std::int64_t IocpEngine::take(Channel&, void*, std::size_t) {
  return UV_EAGAIN;
}

int IocpEngine::take_connection(Channel&, OwnedDescriptor&) {
  return UV_EAGAIN;
}

int IocpEngine::take_datagram(Channel&, const uv_buf_t&, ReceivedDatagram&) {
  return UV_EAGAIN;
}

}  // namespace violet
