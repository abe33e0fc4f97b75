// Blocking until something happens.
#include <algorithm>

#include "iocp/engine_class.h"
#include "os/clock.h"
#include "os/windows/wait_time.h"

namespace violet {
namespace {

constexpr unsigned long kBatchSize = 64;

}  // namespace

WaitResult IocpEngine::wait(std::uint64_t timeout_ns, ReadyList& ready) {
  interest_.apply_changes();
  std::uint32_t found = interest_.link_deliverable(ready);
  timeout_ns = std::min(timeout_ns, longest_wait_ns());
  // Does not sleep if operations that were over at once have made something ready.
  if (!ready.empty()) timeout_ns = 0;
  std::uint32_t packets = 0;
  if (timeout_ns == 0 || timeout_ns == kNoDeadline) {
    packets = reap(timeout_ns == 0 ? 0 : INFINITE, ready);
  } else {
    const std::uint64_t started = monotonic_ns();
    const std::uint64_t deadline =
        timeout_ns > UINT64_MAX - started ? UINT64_MAX : started + timeout_ns;
    // The system counts in ticks of up to 16 ms and may wake us a fraction of one too early.
    for (std::uint64_t now = started; now < deadline && packets == 0; now = monotonic_ns())
      packets = reap(wait_milliseconds(deadline - now), ready);
  }
  // Polls that were cancelled are started again now with all events: what they were cancelled for
  // may have happened already.
  const bool restarts = interest_.take_restarts();
  if (restarts) {
    interest_.apply_changes();
    packets += reap(0, ready);
  }
  if (packets > 0 || restarts) interest_.link_deliverable(ready);
  pipe_ops_.end_pauses(ready);
  return {found + packets, packets >= kBatchSize};
}

std::uint32_t IocpEngine::reap(unsigned long timeout_ms, ReadyList& ready) {
  OVERLAPPED_ENTRY packets[kBatchSize];
  const unsigned long count = port_.take(packets, kBatchSize, timeout_ms);
  for (unsigned long i = 0; i < count; ++i)
    complete(packets[i], ready);
  return static_cast<std::uint32_t>(count);
}

void IocpEngine::complete(const OVERLAPPED_ENTRY& packet, ReadyList& ready) {
  // A packet of an embedder, by which it has ended a wait on the port.
  if (packet.lpOverlapped == nullptr) return;
  Operation& operation = *reinterpret_cast<Operation*>(packet.lpOverlapped);
  const std::uint32_t size = packet.dwNumberOfBytesTransferred;
  switch (operation.kind) {
    case OperationKind::kWake:
      // Cleared before the loop looks into its inbox: a wake from now on has to be posted again.
      wake_is_under_way_.store(false, std::memory_order_seq_cst);
      return;
    case OperationKind::kPoll:
      return interest_.complete_poll(operation, ready);
    case OperationKind::kReceive:
      return interest_.complete_receive(operation, size);
    case OperationKind::kAccept:
      return interest_.complete_accept(operation);
    case OperationKind::kOp:
      return ops_.complete(operation, size, ready);
    case OperationKind::kPipe:
      return pipe_ops_.complete(operation, size, ready);
    case OperationKind::kChild:
      return interest_.complete_child(operation);
    case OperationKind::kConsole:
      return interest_.complete_console(operation);
    case OperationKind::kFolder:
      return interest_.complete_folder(operation, size);
  }
}

}  // namespace violet
