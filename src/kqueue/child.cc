// Children, by EVFILT_PROC: their end is told once.
//
// For a child that has ended already FreeBSD reports an event with the next wait; OpenBSD, NetBSD
// and macOS answer ESRCH, also while it is still exiting. All of them may report it before it can
// be reaped. So an event is only a reason to call waitpid(2), which the channel's owner does.
#include "base/error.h"
#include "kqueue/engine_class.h"

namespace violet {
namespace {

Event change_of_child(const Channel& channel, int flags) {
  return change_of(static_cast<std::uintptr_t>(channel.record), EVFILT_PROC, flags, NOTE_EXIT);
}

}  // namespace

int KqueueEngine::watch_child(Channel& channel, int pid) {
  channel.record = pid;
  Event change = change_of_child(channel, EV_ADD | EV_ONESHOT);
  set_owner(change, channel);
  // Told to the kernel at once, because the caller has to know whether the child is watched.
  if (int error = apply_one(change); error != 0) return error;
  channel.wanted = channel.armed = kReadable;
  return 0;
}

void KqueueEngine::collect_child(const Event& event, ReadyList& ready) {
  Channel& channel = *owner_of(event);
  // The kernel has removed it, and the number may be another child's soon.
  channel.armed = kNoEvents;
  report(channel, kReadable, ready);
}

void KqueueEngine::remove_child(const Channel& channel) {
  // Refused when the child ended meanwhile.
  apply_one(change_of_child(channel, EV_DELETE));
}

}  // namespace violet
