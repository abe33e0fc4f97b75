// Blocking until something happens.
#include <windows.h>

#include <cstdlib>

#include "iocp/engine_class.h"
#include "os/clock.h"

namespace violet {
namespace {

constexpr unsigned long kBatchSize = 64;
constexpr std::uint64_t kNanosecondsPerMillisecond = 1000000;

// Rounded up, so that a timer is due when the wait ends. INFINITE itself means for ever; so a wait
// that is longer than what fits below it is cut and goes on.
DWORD milliseconds_for(std::uint64_t remaining_ns) {
  std::uint64_t milliseconds = remaining_ns / kNanosecondsPerMillisecond +
                               (remaining_ns % kNanosecondsPerMillisecond != 0 ? 1 : 0);
  return milliseconds < INFINITE ? static_cast<DWORD>(milliseconds) : INFINITE - 1;
}

}  // namespace

WaitResult IocpEngine::wait(std::uint64_t timeout_ns, ReadyList&) {
  if (timeout_ns == 0 || timeout_ns == kNoDeadline) {
    unsigned long count = block(timeout_ns == 0 ? 0 : INFINITE);
    return {static_cast<std::uint32_t>(count), count == kBatchSize};
  }
  const std::uint64_t started = monotonic_ns();
  const std::uint64_t deadline =
      timeout_ns > UINT64_MAX - started ? UINT64_MAX : started + timeout_ns;
  // The system counts in ticks of up to 16 ms and may wake us a fraction of one too early.
  for (std::uint64_t now = started; now < deadline; now = monotonic_ns()) {
    unsigned long count = block(milliseconds_for(deadline - now));
    if (count > 0) return {static_cast<std::uint32_t>(count), count == kBatchSize};
  }
  return {};
}

unsigned long IocpEngine::block(unsigned long timeout_ms) {
  OVERLAPPED_ENTRY packets[kBatchSize];
  ULONG count = 0;
  if (!GetQueuedCompletionStatusEx(port_, packets, kBatchSize, &count, timeout_ms, FALSE)) {
    // The port is ours and valid; there is no other way to fail.
    if (GetLastError() != WAIT_TIMEOUT) std::abort();
    return 0;
  }
  // Every packet is a wake-up so far. Cleared before the loop looks into its inbox: a wake from now
  // on has to be posted again.
  wake_is_under_way_.store(false, std::memory_order_seq_cst);
  return count;
}

}  // namespace violet
