// An iteration of the loop, phase by phase.
#include <cassert>

#include "core/call.h"
#include "core/loop.h"
#include "core/loop_owner.h"
#include "core/loop_phases.h"
#include "os/clock.h"

namespace violet {
namespace {

// Callbacks that are put off while the poll phase runs get a few more turns in the same iteration,
// but no more: two streams that keep feeding each other must not shut out the later phases.
constexpr int kExtraPendingTurns = 8;

// An engine whose batch was full may have more at hand; this bounds how long the poll phase lasts.
constexpr int kMaxPollBatches = 48;

void run_all(ReadyList& items, Loop& loop) {
  while (ReadyItem* item = items.pop_front())
    item->run(*item, loop);
}

// Items that are added meanwhile wait for the next turn.
void run_pending(Loop& loop) {
  if (loop.pending.empty()) return;
  ReadyList turn;
  loop.pending.move_all_to(turn);
  run_all(turn, loop);
}

void run_phase(List& phase) {
  if (phase.empty()) return;
  for_each_linked_now(phase, [](ListNode& node) {
    PhaseItem& item = reinterpret_cast<PhaseItem&>(node);
    item.run(item);
  });
}

// The inbox is emptied once: a sender in a tight loop must not keep the phase from ending.
void run_arrivals(Loop& loop) {
  loop.arrived.append(loop.inbox.take_all());
  // The wake-up counts as an event too, beside the items themselves.
  if (!loop.arrived.empty()) ++loop.metrics.counts.events;
  while (InboxNode* node = loop.arrived.pop_front()) {
    RemoteItem& item = reinterpret_cast<RemoteItem&>(*node);
    ++loop.metrics.counts.events;
    item.run(item, loop);
  }
}

void run_signalled(Loop& loop) {
  if (loop.signalled.empty()) return;
  loop.signalled.begin_round();
  while (SignalledItem* item = loop.signalled.next_in_round()) {
    ++loop.metrics.counts.events;
    loop.run_signalled(*item);
  }
}

void run_signals(Loop& loop) {
  if (!loop.signals_pending.load(std::memory_order_acquire)) return;
  loop.signals_pending.store(false, std::memory_order_seq_cst);
  if (loop.signals.run != nullptr) loop.signals.run(loop);
}

bool something_arrived(const Loop& loop) {
  return !loop.inbox.empty() || !loop.arrived.empty() || !loop.signalled.empty() ||
         loop.signals_pending.load(std::memory_order_seq_cst);
}

void count_events(Loop& loop, const WaitResult& result, bool was_there) {
  loop.metrics.counts.events += result.events;
  if (was_there) loop.metrics.counts.events_waiting += result.events;
}

WaitResult wait_counted(Loop& loop, std::uint64_t timeout_ns) {
  const InsideScope scope(loop, Inside::kEngine);
  WaitResult result = loop.engine->wait(timeout_ns, loop.ready);
  count_events(loop, result, timeout_ns == 0);
  return result;
}

// Looks without waiting first: a wait that would end at once is no idle time, and the events that
// were there already are counted as such.
WaitResult wait_measured(Loop& loop, std::uint64_t timeout_ns) {
  if (!loop.metrics.measure_idle_time || timeout_ns == 0) return wait_counted(loop, timeout_ns);
  WaitResult result = wait_counted(loop, 0);
  if (result.events > 0 || !loop.ready.empty()) return result;
  idle_begins(loop);
  result = wait_counted(loop, timeout_ns);
  idle_ends(loop);
  return result;
}

// What other threads have delivered by now counts as events that waited for the loop.
void count_waiting_arrivals(Loop& loop) {
  loop.metrics.counts.events_waiting += loop.arrived.append(loop.inbox.take_all());
  loop.metrics.counts.events_waiting += loop.signalled.receive();
}

// How long to wait, from a fresh clock: callbacks have run since `time_ns` was taken, and a wait
// reckoned from it would be too long by what they took. `time_ns` itself stays as it is, since
// uv_now() does not change before the wait.
std::uint64_t time_left(const Loop& loop, std::uint64_t deadline_ns) {
  const bool is_open = deadline_ns != kNoDeadline && deadline_ns > loop.time_ns;
  return wait_until(deadline_ns, is_open ? monotonic_ns() : loop.time_ns);
}

// Blocks until the deadline at most, but not when another thread has left something.
WaitResult wait_for_events(Loop& loop, std::uint64_t deadline_ns) {
  std::uint64_t timeout_ns = time_left(loop, deadline_ns);
  const bool may_sleep = timeout_ns != 0;
  if (may_sleep) {
    // From here on senders wake us. What was sent before they could know that is found by looking.
    loop.awake.store(false, std::memory_order_seq_cst);
    if (something_arrived(loop)) timeout_ns = 0;
  }
  count_waiting_arrivals(loop);
  WaitResult result = wait_measured(loop, timeout_ns);
  if (may_sleep) loop.awake.store(true, std::memory_order_seq_cst);
  update_time(loop);
  return result;
}

// Waits for something to do. A wait that a signal handler interrupted, or a stray wake-up ended,
// goes on: a run that promises to block does not return without having done anything.
WaitResult wait_for_work(Loop& loop, std::uint64_t deadline_ns) {
  for (;;) {
    WaitResult result = wait_for_events(loop, deadline_ns);
    if (loop.time_ns >= deadline_ns || loop.public_loop->stop_flag != 0) return result;
    if (result.events > 0 || !loop.ready.empty() || something_arrived(loop)) return result;
  }
}

void poll(Loop& loop, std::uint64_t deadline_ns) {
  offer_output(loop);
  loop.after_next_poll.move_all_to(loop.after_poll);
  if (!loop.pending.empty() || !loop.after_poll.empty()) deadline_ns = 0;
  for (int batch = 0; batch < kMaxPollBatches; ++batch) {
    WaitResult result = wait_for_work(loop, deadline_ns);
    run_all(loop.ready, loop);
    if (!result.more) break;
    deadline_ns = 0;
  }
  run_all(loop.after_poll, loop);
  run_arrivals(loop);
  run_signalled(loop);
  run_signals(loop);
}

void run_closing(Loop& loop) {
  Handle* handle = first_closing(loop);
  loop.public_loop->closing_handles = nullptr;
  while (handle != nullptr) {
    Handle* next = handle->tail().next_closing;
    if (handle->kind->closed != nullptr) handle->kind->closed(*handle);
    assert(!handle->has(kActive) && handle->has(kClosing));
    handle->set(kClosed);
    handle->clear(kReferenced);
    remove_from_registry(*handle);
    if (handle->close_callback != nullptr) {
      call_program(CallbackKind::kClose, handle->close_callback, public_handle(*handle));
    }
    handle = next;
  }
}

std::uint64_t deadline_for(const Loop& loop, uv_run_mode mode, bool nothing_was_pending) {
  if (mode == UV_RUN_DEFAULT || (mode == UV_RUN_ONCE && nothing_was_pending)) {
    return wait_deadline_ns(loop);
  }
  return 0;
}

void run_iteration(Loop& loop, uv_run_mode mode) {
  ++loop.iteration;
  if (loop.timers_first) {
    update_time(loop);
    run_timers(loop);
  }
  bool nothing_was_pending = loop.pending.empty() && loop.idle.empty();
  run_pending(loop);
  run_phase(loop.idle);
  run_phase(loop.prepare);
  poll(loop, deadline_for(loop, mode, nothing_was_pending));
  for (int turn = 0; turn < kExtraPendingTurns && !loop.pending.empty(); ++turn)
    run_pending(loop);
  run_phase(loop.check);
  run_closing(loop);
  ++loop.metrics.counts.loop_count;
  // In the older order UV_RUN_ONCE promises progress too: a timer that ended the wait runs now.
  if (!loop.timers_first || mode == UV_RUN_ONCE) {
    update_time(loop);
    run_timers(loop);
  }
}

// Between two runs nobody looks into the inbox, so a program that polls uv_backend_fd() has to be
// shown that something is waiting there.
void leave_loop(Loop& loop) {
  // It may take long before the loop runs again: what is queued goes out now.
  offer_output(loop);
  // Streams that stopped in the middle, to let others have their turn, have put the rest off into
  // `pending` and need this list no more.
  while (loop.queued_output.pop_front() != nullptr) {
  }
  flush_engine(loop);
  ++loop.iteration;
  loop.awake.store(false, std::memory_order_seq_cst);
  if (something_arrived(loop)) loop.engine->wake();
}

}  // namespace

void flush_engine(Loop& loop) {
  const InsideScope scope(loop, Inside::kEngine);
  loop.engine->flush();
}

void update_time(Loop& loop) {
  loop.time_ns = monotonic_ns();
  loop.public_loop->time = time_ms(loop);
  loop.timers_ran = false;
}

bool is_alive(const Loop& loop) {
  return loop.public_loop->active_handles > 0 || loop.public_loop->active_reqs.count > 0 ||
         !loop.pending.empty() || first_closing(loop) != nullptr;
}

std::uint64_t wait_deadline_ns(const Loop& loop) {
  if (loop.public_loop->stop_flag != 0 || !is_alive(loop) || !loop.pending.empty() ||
      !loop.after_next_poll.empty() || !loop.idle.empty() || first_closing(loop) != nullptr) {
    return 0;
  }
  if (loop.timers.empty()) return kNoDeadline;
  const std::uint64_t due_ms = loop.timers.first().due_ms;
  // Nanoseconds overflow before milliseconds do: such a time never comes.
  if (due_ms >= kNoDeadline / kNanosecondsPerMillisecond) return kNoDeadline - 1;
  return due_ms * kNanosecondsPerMillisecond;
}

std::uint64_t wait_until(std::uint64_t deadline_ns, std::uint64_t now_ns) {
  if (deadline_ns == kNoDeadline) return kNoDeadline;
  return deadline_ns > now_ns ? deadline_ns - now_ns : 0;
}

int run_loop(Loop& loop, uv_run_mode mode) {
  unsigned int& stop_flag = loop.public_loop->stop_flag;
  const RunScope scope(loop);
  const InsideScope inside(loop, Inside::kDispatch);
  loop.awake.store(true, std::memory_order_seq_cst);
  bool alive = is_alive(loop);
  if (!alive || (mode == UV_RUN_DEFAULT && !loop.timers_first)) update_time(loop);
  if (alive && mode == UV_RUN_DEFAULT && !loop.timers_first && stop_flag == 0) run_timers(loop);
  while (alive && stop_flag == 0) {
    run_iteration(loop, mode);
    alive = is_alive(loop);
    if (mode != UV_RUN_DEFAULT) break;
  }
  stop_flag = 0;
  leave_loop(loop);
  return alive ? 1 : 0;
}

void notify(Loop& loop) {
  if (!loop.awake.load(std::memory_order_seq_cst)) loop.engine->wake();
}

void deliver(Loop& loop, RemoteItem& item) {
  loop.deliveries.fetch_add(1, std::memory_order_relaxed);
  loop.inbox.put(item.node);
  notify(loop);
  loop.deliveries.fetch_sub(1, std::memory_order_release);
}

void signal(Loop& loop, SignalledItem& item) {
  loop.deliveries.fetch_add(1, std::memory_order_relaxed);
  loop.signalled.put(item);
  notify(loop);
  loop.deliveries.fetch_sub(1, std::memory_order_release);
}

}  // namespace violet
