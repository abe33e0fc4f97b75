#include "readiness/readiness_engine.h"

#include "os/posix/socket_io.h"

namespace violet {
namespace {

// A channel and its op lie in the same handle: how far apart tells which op is parked.
void park(Op& op) {
  op.channel->engine = static_cast<std::int32_t>(reinterpret_cast<std::intptr_t>(&op) -
                                                 reinterpret_cast<std::intptr_t>(op.channel));
}

Op* parked_op(const Channel& channel) {
  if (channel.engine == 0) return nullptr;
  return reinterpret_cast<Op*>(reinterpret_cast<std::intptr_t>(&channel) + channel.engine);
}

// Not a result: the op has to wait until the descriptor is writable.
constexpr std::int64_t kPark = INT64_MIN;

std::int64_t try_write(const Channel& channel, const WriteArgument& write) {
  if (write.passed_descriptor != kNoDescriptor) {
    return send_with_descriptor(channel.descriptor, write.buffers, write.count,
                                write.passed_descriptor);
  }
  return channel.has(kSocket) ? send_gathered(channel.descriptor, write.buffers, write.count)
                              : write_gathered(channel.descriptor, write.buffers, write.count);
}

std::int64_t park_if_full(std::int64_t result) {
  return result == UV_EAGAIN ? kPark : result;
}

// Bytes or 0, a negative UV_E*, or kPark.
std::int64_t try_op(const Op& op) {
  switch (op.kind) {
    case OpKind::kConnect: {
      const ConnectArgument& connect = *static_cast<const ConnectArgument*>(op.argument);
      int outcome = connect_socket(op.channel->descriptor, connect.address, connect.length);
      return outcome == kConnectUnderWay ? kPark : outcome;
    }
    case OpKind::kWrite:
      return park_if_full(try_write(*op.channel, *static_cast<const WriteArgument*>(op.argument)));
    case OpKind::kRead:
      break;
  }
  return UV_ENOTSUP;
}

// A connect's outcome stands on the socket. Anything else is tried again by its owner, who gathers
// what is left to write anyway.
std::int32_t result_when_ready(const Op& op) {
  return op.kind == OpKind::kConnect ? socket_error(op.channel->descriptor) : 0;
}

}  // namespace

Submitted ReadinessEngine::submit(Op& op) {
  if (op.kind == OpKind::kRead) return Submitted::kNeedsThreadPool;
  std::int64_t result = try_op(op);
  if (result == kPark) {
    park(op);
    result = interest_changed(*op.channel);
    if (result == 0) {
      op.pending = true;
      return Submitted::kPending;
    }
    op.channel->engine = 0;
  }
  op.result = static_cast<std::int32_t>(result);
  return Submitted::kDone;
}

bool ReadinessEngine::cancel(Op& op) {
  if (op.pending) {
    op.pending = false;
    op.channel->engine = 0;
    // Dropping an interest needs no memory, so this cannot fail.
    interest_changed(*op.channel);
  }
  op.ready.link.unlink_if_linked();
  return true;
}

std::int64_t ReadinessEngine::take(Channel&, void*, std::size_t) {
  return UV_EAGAIN;
}

int ReadinessEngine::take_datagram(Channel&, const uv_buf_t&, ReceivedDatagram&) {
  return UV_EAGAIN;
}

Events ReadinessEngine::needed(const Channel& channel) {
  Events events = channel.wanted & (kReadable | kWritable | kDisconnect | kPriority);
  if ((channel.wanted & (kReceive | kAccept)) != 0) events |= kReadable;
  if (parked_op(channel) != nullptr) events |= kWritable;
  return events;
}

void ReadinessEngine::report(Channel& channel, Events happened, ReadyList& ready) {
  Op* op = parked_op(channel);
  if (op != nullptr && (happened & (kWritable | kError)) != 0) {
    op->pending = false;
    op->result = result_when_ready(*op);
    channel.engine = 0;
    ready.push_back_once(op->ready);
    interest_changed(channel);
  }
  Events wanted = channel.wanted;
  if ((wanted & (kReceive | kAccept)) != 0) wanted |= kReadable;
  if ((wanted & kReceive) != 0) wanted |= kDisconnect;
  Events reported = events_to_report(happened, wanted);
  if (reported == kNoEvents) return;
  channel.events |= reported;
  ready.push_back_once(channel.ready);
}

}  // namespace violet
