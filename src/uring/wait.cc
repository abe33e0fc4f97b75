// Submitting, blocking, reaping.
#include <cassert>
#include <ctime>

#include "uring/engine_class.h"

namespace violet {

WaitResult UringEngine::wait(std::uint64_t timeout_ns, ReadyList& ready) {
  if (adopt_thread() != 0) {
    sleep_without_ring(timeout_ns);
    return {};
  }
  if (!files_.is_idle()) advance_files();
  wake_event_.watch(ring_);
  found_.move_all_to(ready);
  const bool had_news = ring_.has_news();
  const unsigned int earlier = had_news ? reap_earlier(ready) : 0;
  if (!changes_.empty()) interest_.apply_changes();
  if (arrivals_.has_deliverable()) arrivals_.link_deliverable(ready);
  if (earlier > 0 || !ready.empty() || !changes_.empty()) timeout_ns = 0;
  // The turn of a loop that only computes: the kernel has nothing to do and nothing to tell.
  const bool has_news = had_news && ring_.has_news();
  if (timeout_ns == 0 && !has_news && !ring_.has_unsubmitted()) return {earlier, false};
  arrivals_.refill_buffers();
  if (timeout_ns != 0) {
    interest_.trim();
    arrivals_.trim();
  }
  ring_.enter(timeout_ns, blocks_signal_ ? &blocked_ : nullptr);
  // The result of enter does not matter (a timeout, a signal, a full completion queue): completions
  // are reaped in any case.
  const unsigned int count = earlier + reap(ready);
  files_.reap(ready);
  arrivals_.link_deliverable(ready);
  return {count, false};
}

void UringEngine::advance_files() {
  files_.flush();
  files_.reap(found_);
  files_.watch_with(ring_);
}

// What the end of a run has submitted (flush()) may have completed at once, long before this wait.
unsigned int UringEngine::reap_earlier(ReadyList& ready) {
  interest_.look_again(true);
  const unsigned int awaited = reap(ready);
  interest_.look_again(false);
  return awaited;
}

// Completions that nobody waits for are not counted: they would end the wait of a loop that has
// nothing to do.
unsigned int UringEngine::reap(ReadyList& ready) {
  unsigned int awaited = 0;
  ring_.reap([&](std::uint64_t data, std::int32_t result, std::uint32_t flags) {
    if (complete(Key::unpack(data), result, flags, ready)) ++awaited;
  });
  return awaited;
}

// For a process that is out of descriptors or memory when its ring has to be replaced. The next
// wait tries again; sleeping keeps the loop from spinning.
void UringEngine::sleep_without_ring(std::uint64_t timeout_ns) {
  constexpr std::uint64_t kRetryNs = 10'000'000;
  const timespec pause = {0, static_cast<long>(timeout_ns < kRetryNs ? timeout_ns : kRetryNs)};
  nanosleep(&pause, nullptr);
}

// A program that waits on fd() next has to be shown what has come already, too.
void UringEngine::flush() {
  // A thread of an embedder may call this; the ring stays with the thread that runs the loop.
  if (ring_.is_elsewhere()) return;
  if (adopt_thread() != 0) return;
  files_.flush();
  files_.watch_with(ring_);
  wake_event_.watch(ring_);
  interest_.apply_changes();
  arrivals_.refill_buffers();
  ring_.submit();
  if (arrivals_.has_deliverable() || !found_.empty()) wake();
}

// Tells whether somebody waited for it.
bool UringEngine::complete(const Key& key, std::int32_t result, std::uint32_t flags,
                           ReadyList& ready) {
  switch (key.kind) {
    case Completion::kNone:
      return false;
    case Completion::kWake:
      wake_event_.complete(ring_, flags);
      return true;
    case Completion::kPoll:
      return interest_.complete_poll(key, result, flags, ready);
    case Completion::kReceive:
      return interest_.complete_receive(key, result, flags);
    case Completion::kFiles:
      // The poll says only that the ring for files has completions; they are reaped there.
      files_.watch_is_over();
      return false;
    case Completion::kOp:
      return ops_.complete(key, result, flags, ready);
  }
  assert(false && "no submission of ours carries such a key");
  return false;
}

}  // namespace violet
