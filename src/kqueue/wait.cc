// One call that tells the kernel what changed and waits; and linking what happened.
#include <pthread.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "kqueue/engine_class.h"

namespace violet {
namespace {

constexpr std::uint64_t kNanosecondsPerSecond = 1000000000;
// macOS refuses longer waits. A longer one ends after three years and begins again.
constexpr std::uint64_t kLongestWaitSeconds = 100000000;

timespec time_to_wait(std::uint64_t timeout_ns) {
  if (timeout_ns >= kLongestWaitSeconds * kNanosecondsPerSecond) {
    return {static_cast<time_t>(kLongestWaitSeconds), 0};
  }
  return {static_cast<time_t>(timeout_ns / kNanosecondsPerSecond),
          static_cast<long>(timeout_ns % kNanosecondsPerSecond)};
}

Events events_of(const Event& event) {
  Events events = kNoEvents;
  // Not a switch: on some systems two of these names may be no constants of the same type.
  if (event.filter == EVFILT_READ) events = kReadable;
  if (event.filter == EVFILT_WRITE) events = kWritable;
  if (event.filter == kExceptFilter && (event.fflags & kOutOfBand) != 0) events = kPriority;
  if ((event.flags & EV_EOF) == 0) return events;
  // EVFILT_WRITE may report the end that this side has made itself.
  if (event.filter != EVFILT_WRITE) events |= kDisconnect;
  // A channel that waits for priority data only can be told of nothing but the end.
  if (event.filter == kExceptFilter) events |= kHangUp;
  // The socket's error. Reading and writing do not block any more: they tell which.
  if (event.filter != kExceptFilter && event.fflags != 0) events |= kReadable | kWritable | kError;
  return events;
}

// A broken pipe is an error; a socket whose peer is gone tells the error itself, if there is one.
bool lost_its_reader(const Channel& channel, const Event& event) {
  if (event.filter != EVFILT_WRITE || (event.flags & EV_EOF) == 0 || channel.is_socket()) {
    return false;
  }
  struct stat status;
  return fstat(channel.descriptor.native(), &status) == 0 && S_ISFIFO(status.st_mode);
}

}  // namespace

WaitResult KqueueEngine::wait(std::uint64_t timeout_ns, ReadyList& ready) {
  const WaitResult result = wait_for_events(std::min(timeout_ns, longest_wait_ns()), ready);
  end_paused(ready);
  return result;
}

WaitResult KqueueEngine::wait_for_events(std::uint64_t timeout_ns, ReadyList& ready) {
  wait_for_selected_again();
  int changes = gather_changes(&ready);
  // More changes than one call takes.
  while (has_changes()) {
    apply_and_sort_out(changes, &ready);
    changes = gather_changes(&ready);
  }
  int count = call(changes, ready.empty() ? timeout_ns : 0);
  if (count > 0 && (batch_[0].flags & EV_ERROR) != 0) {
    // Refusals come by themselves, before there is a wait.
    for (int i = 0; i < count; ++i)
      sort_out_refusal(batch_[i], &ready);
    count = call(0, ready.empty() ? timeout_ns : 0);
  }
  ask_again_for_refused();
  collect_selected(ready);
  if (count <= 0) return {};
  collect(count, ready);
  return {static_cast<std::uint32_t>(count), count == kBatchSize};
}

// Interrupted, it has applied the changes all the same.
int KqueueEngine::call(int change_count, std::uint64_t timeout_ns) {
  const timespec timeout = time_to_wait(timeout_ns);
  sigset_t before;
  if (blocks_signal_) pthread_sigmask(SIG_BLOCK, &blocked_, &before);
  const int count = kevent(queue_, batch_, change_count, batch_, kBatchSize,
                           timeout_ns == kNoDeadline ? nullptr : &timeout);
  if (blocks_signal_) pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return count;
}

void KqueueEngine::collect(int count, ReadyList& ready) {
  for (int i = 0; i < count; ++i) {
    if (!take_wake(batch_[i])) collect(batch_[i], ready);
  }
}

void KqueueEngine::collect(const Event& event, ReadyList& ready) {
  if (event.filter == EVFILT_PROC) return collect_child(event, ready);
  Channel* channel = channel_of(event.ident);
  if (channel == nullptr) return;
  if (event.filter == EVFILT_VNODE) return collect_file(event, *channel, ready);
  Events events = events_of(event);
  if (lost_its_reader(*channel, event)) events |= kReadable | kError;
  report(*channel, events, ready);
  // An interest in the end alone is edge-triggered (watch.cc). It is registered again after each
  // event, which makes it level-triggered.
  const bool awaits_end_only = (channel->armed & (kReadable | kDisconnect)) == kDisconnect;
  if (awaits_end_only && event.filter == EVFILT_READ && (event.flags & EV_EOF) != 0) {
    channel->armed &= static_cast<Events>(~kDisconnect);
    interest_changed(*channel);
  }
}

}  // namespace violet
