#include "handle/poll.h"

#include "core/call.h"
#include "os/socket.h"

namespace violet {
namespace {

constexpr int kAllEvents = UV_READABLE | UV_WRITABLE | UV_DISCONNECT | UV_PRIORITIZED;

// The public bits and the engine's.
struct EventPair {
  int ours;
  Events engines;
};
constexpr EventPair kEvents[] = {{UV_READABLE, kReadable},
                                 {UV_WRITABLE, kWritable},
                                 {UV_DISCONNECT, kDisconnect},
                                 {UV_PRIORITIZED, kPriority}};

Events to_engine(int events) {
  Events wanted = kNoEvents;
  for (const EventPair& pair : kEvents)
    if ((events & pair.ours) != 0) wanted |= pair.engines;
  return wanted;
}

int from_engine(Events happened) {
  int events = 0;
  for (const EventPair& pair : kEvents)
    if ((happened & pair.engines) != 0) events |= pair.ours;
  return events;
}

void on_ready(ReadyItem& item, Loop&) {
  Poll& poll = object_from_member<Poll>(&item, offsetof(Poll, channel));
  Events events = poll.channel.events;
  poll.channel.events = kNoEvents;
  // An error together with priority data may be how the file announces that data: sysfs files
  // report both.
  if ((events & kError) != 0 && (events & kPriority) == 0) {
    stop(poll);
    call_program(CallbackKind::kPoll, poll.callback, public_handle(poll), UV_EBADF, 0);
    return;
  }
  call_program(CallbackKind::kPoll, poll.callback, public_handle(poll), 0, from_engine(events));
}

void close(Handle& handle) {
  stop(typed_from<Poll>(handle));
  finish_closing(handle);
}

Descriptor descriptor_of(const Handle& handle) {
  return reinterpret_cast<const Poll&>(handle).channel.descriptor;
}

constexpr HandleKind kPollKind = {UV_POLL, close, nullptr, descriptor_of};

}  // namespace

int init_poll(Loop& loop, uv_poll_t* public_poll, Descriptor descriptor) {
  if (int error = loop.engine->check_pollable(descriptor); error != 0) return error;
  if (int error = loop.engine->check_unused(descriptor); error != 0) return error;
  // The uv_backend_fd() of another loop may refuse this mode; it needs none, because nobody reads
  // from it.
  const int error = set_nonblocking(descriptor, true);
  if (error != 0 && error != UV_ENOTTY) return error;
  Poll& poll = init_typed_handle<Poll>(loop, public_poll, kPollKind);
  prepare_channel(poll.channel, descriptor, on_ready, Nature::kForeign, Sharing::kOwn);
  return 0;
}

int start(Poll& poll, int events, uv_poll_cb callback) {
  if ((events & ~kAllEvents) != 0 || poll.handle.has(kClosing)) return UV_EINVAL;
  if (events == 0) {
    stop(poll);
    return 0;
  }
  if (callback == nullptr) return UV_EINVAL;
  Engine& engine = *loop_of(poll.handle).engine;
  const Events wanted = to_engine(events);
  if (int error = engine.watch(poll.channel, wanted); error != 0) return error;
  // What was reported for the earlier events may not be wanted any more.
  poll.channel.events &= wanted | kError;
  if (poll.channel.events == kNoEvents) poll.channel.ready.link.unlink_if_linked();
  poll.callback = callback;
  activate(poll.handle);
  return 0;
}

void stop(Poll& poll) {
  loop_of(poll.handle).engine->forget(poll.channel);
  deactivate(poll.handle);
}

}  // namespace violet
