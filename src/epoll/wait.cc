// Blocking until something happens, and linking what happened.
#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <climits>

#include "epoll/engine_class.h"
#include "epoll/kernel.h"

namespace violet {
namespace {

constexpr std::uint64_t kNanosecondsPerSecond = 1000000000;
constexpr std::uint64_t kNanosecondsPerMillisecond = 1000000;

// Rounded up, so that a timer is due when the wait ends.
int timeout_ms(std::uint64_t timeout_ns) {
  if (timeout_ns == kNoDeadline) return -1;
  std::uint64_t milliseconds = timeout_ns / kNanosecondsPerMillisecond +
                               (timeout_ns % kNanosecondsPerMillisecond != 0 ? 1 : 0);
  return milliseconds > INT_MAX ? INT_MAX : static_cast<int>(milliseconds);
}

// By a seccomp filter; the kernel has had the call since 2.6.19.
bool is_refusal(int error) {
  return error == ENOSYS || error == EPERM || error == EACCES;
}

Events events_of(std::uint32_t bits) {
  Events events = kNoEvents;
  if ((bits & EPOLLIN) != 0) events |= kReadable;
  if ((bits & EPOLLOUT) != 0) events |= kWritable;
  if ((bits & EPOLLPRI) != 0) events |= kPriority;
  if ((bits & EPOLLRDHUP) != 0) events |= kDisconnect;
  if ((bits & EPOLLHUP) != 0) events |= kHangUp;
  if ((bits & EPOLLERR) != 0) events |= kError;
  return events;
}

}  // namespace

WaitResult EpollEngine::wait(std::uint64_t timeout_ns, ReadyList& ready) {
  const WaitResult result = wait_for_events(std::min(timeout_ns, longest_wait_ns()), ready);
  end_paused(ready);
  return result;
}

WaitResult EpollEngine::wait_for_events(std::uint64_t timeout_ns, ReadyList& ready) {
  if (has_changes()) apply_changes(&ready);
  if (!ready.empty()) timeout_ns = 0;
  // A loop that watches nothing and does not sleep needs no system call.
  if (timeout_ns == 0 && watches_nothing() && !wake_flag_.is_raised()) return {};
  int count = block(timeout_ns);
  if (count <= 0) return {};
  collect(count, ready);
  return {static_cast<std::uint32_t>(count), count == kBatchSize};
}

int EpollEngine::block(std::uint64_t timeout_ns) {
  const sigset_t* blocked = blocks_signal_ ? &blocked_ : nullptr;
  // Without a part of a millisecond to wait for, the older call is as exact and a little cheaper.
  bool whole_milliseconds = timeout_ns == kNoDeadline || timeout_ns == 0;
  if (has_nanosecond_wait_ && !whole_milliseconds) {
    timespec timeout = {static_cast<time_t>(timeout_ns / kNanosecondsPerSecond),
                        static_cast<long>(timeout_ns % kNanosecondsPerSecond)};
    return epoll_wait_ns(epoll_, batch_, kBatchSize, &timeout, blocked);
  }
  if (has_wait_with_signals_) {
    const int count = epoll_pwait(epoll_, batch_, kBatchSize, timeout_ms(timeout_ns), blocked);
    if (count >= 0 || !is_refusal(errno)) return count;
    has_wait_with_signals_ = false;
  }
  return block_by_oldest_call(timeout_ms(timeout_ns));
}

int EpollEngine::block_by_oldest_call(int timeout_ms) {
  sigset_t before;
  if (blocks_signal_) pthread_sigmask(SIG_BLOCK, &blocked_, &before);
  const int count = epoll_wait(epoll_, batch_, kBatchSize, timeout_ms);
  if (blocks_signal_) pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return count;
}

void EpollEngine::collect(int count, ReadyList& ready) {
  for (int i = 0; i < count; ++i) {
    const int descriptor = batch_[i].data.fd;
    if (descriptor == wake_event_) {
      wake_flag_.lower();
      continue;
    }
    Channel* channel = channel_of(static_cast<std::size_t>(descriptor));
    if (channel == nullptr) continue;
    report(*channel, events_of(batch_[i].events), ready);
  }
}

}  // namespace violet
