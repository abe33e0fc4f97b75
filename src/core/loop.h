// The loop: the state behind a uv_loop_t, and the phases of an iteration.
//
// An iteration runs: pending → idle → prepare → poll → pending again (bounded) → check → closing →
// update time → timers. With VIOLET_TIMER_ORDER=1.44 the timers come first, as they did up to
// libuv 1.44. Everything here belongs to the thread that runs the loop, except where it says "any
// thread".
#pragma once

#include <uv.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "base/list.h"
#include "base/ready_list.h"
#include "core/call_state.h"
#include "core/handle.h"
#include "core/held_output.h"
#include "core/inbox.h"
#include "core/request.h"
#include "core/signalled.h"
#include "core/timer_heap.h"
#include "engine.h"
#include "os/descriptor.h"

namespace violet {

// Something with a place in the timer heap: a timer handle, or a deadline of one of our own
// handles.
struct TimerItem {
  std::uint32_t heap_index;  // TimerHeap::kNotInHeap when it is not started
  // Called by the loop when the time has come, after the item left the heap.
  void (*expired)(TimerItem& item, Loop& loop);

  bool started() const { return heap_index != TimerHeap::kNotInHeap; }
};

// A handle of the idle, prepare or check phase, as its list sees it.
struct PhaseItem {
  ListNode link;
  void (*run)(PhaseItem& item);
};

// Work that another thread hands to the loop: what the thread pool has finished.
struct RemoteItem {
  InboxNode node;
  void (*run)(RemoteItem& item, Loop& loop);
};

// State that a handle type shares among all its handles of one loop. The core calls the hooks
// without knowing the type; each may be null.
struct LoopExtension {
  void* state;
  void (*run)(Loop& loop);        // signals only: what was caught is handed to the handles
  int (*after_fork)(Loop& loop);  // 0 or a negative UV_E*
  void (*release)(Loop& loop);    // the loop closes
};

// What is counted for uv_metrics_info() and uv_metrics_idle_time().
struct LoopMetrics {
  uv_metrics_t counts;
  bool measure_idle_time;
  // Written by the loop's thread, read by any; see core/metrics.cc.
  std::atomic<std::uint64_t> idle;
};

// What a loop's file requests do at the moment: request/fs_routing.h decides by it where the next
// one is done.
struct FileUse {
  std::uint32_t under_way;         // requests whose callbacks have not run
  std::uint32_t unanswered;        // of these, what a thread or the engine still has
  std::uint32_t changes;           // of those, what later ones have to see
  std::uint32_t position_reads;    // of those, reads that move a file's position
  std::uint32_t taken_by_threads;  // of all items, when that was last looked at
  std::uint32_t read_iteration;    // in which `read_bytes` were read on the loop's own thread
  std::size_t read_bytes;
};

struct Loop {
  uv_loop_t* public_loop;
  Engine* engine;
  EngineSelection selection;

  std::uint64_t time_ns;
  TimerHeap timers;
  std::uint64_t next_start_order;
  bool timers_first;
  bool timers_ran;  // since the time was taken

  List idle;
  List prepare;
  List check;

  ReadyList ready;    // filled by the engine, drained in the poll phase
  ReadyList pending;  // callbacks put off to the pending phase
  // Callbacks that run in the poll phase behind those of all its events: of the current phase, or
  // of the next one that begins.
  ReadyList after_poll;
  ReadyList after_next_poll;
  ReadyList queued_output;  // streams and UDP sockets that have some, offered before each wait
  HeldOutput held;          // copies of what they are to write, while the loop does not run
  HandleWalk* walks;        // under way, the innermost first
  List refused_connects;    // of pipes, the oldest first (handle/pipe_refusal.cc)

  // Any thread: put an item, then call notify().
  Inbox inbox;
  // The loop's own part of the inbox: taken from it, not run yet.
  Fifo arrived;
  SignalledQueue signalled;
  void (*run_signalled)(SignalledItem& item);  // one whose turn has come; set with the first async
  // True while the loop is sure to look into its inbox before it blocks, so nobody has to wake it.
  std::atomic<bool> awake;
  // How many threads are inside deliver() or signal(). What a thread delivers may be what the loop
  // waits for before it is closed; it must not be freed while that thread still looks whether it
  // has to be woken.
  std::atomic<std::uint32_t> deliveries;
  // Signals run last in the poll phase. Set by the signal dispatcher, in a signal handler.
  std::atomic<bool> signals_pending;

  // What the handle types above keep per loop; made by them on first use.
  LoopExtension signals;
  LoopExtension processes;
  LoopExtension file_watches;

  // A place for a connection when there is no other; made by the first listener.
  OwnedDescriptor reserve;

  FileUse files;

  // See core/loop_owner.h. `run_frame` is in the stack of the innermost run, null outside of runs.
  ListNode enlisted;
  std::atomic<const void*> owner;
  const void* run_frame;
  // In a forked child, until uv_loop_fork(): other threads that used the loop are gone.
  bool is_forked;
  [[no_unique_address]] CallState calls;

  // The number of the current iteration. The time between two runs counts as one, too.
  std::uint32_t iteration;
  LoopMetrics metrics;
};

// The queue of the closing phase, the last closed first. Its head is a public field of uv_loop_t,
// as are the counts that keep a loop alive, its descriptor and its time: programs read them there.
inline Handle* first_closing(const Loop& loop) {
  uv_handle_t* first = loop.public_loop->closing_handles;
  return first == nullptr ? nullptr : &handle_of(first);
}

// Life. The engine's name may be null, for the default choice. 0 or a negative UV_E*.
int init_loop(uv_loop_t* loop, const char* engine_name);
// 0, or UV_EBUSY while there are handles or requests.
int close_loop(uv_loop_t* loop);
int fork_loop(Loop& loop);

// Running.
bool is_alive(const Loop& loop);
inline bool is_running(const Loop& loop) {
  return loop.run_frame != nullptr;
}
int run_loop(Loop& loop, uv_run_mode mode);
// Until when the engine may block: 0 (not at all), kNoDeadline, or a time in ns on the loop's
// clock.
std::uint64_t wait_deadline_ns(const Loop& loop);
// How long that is from `now_ns` on: 0, kNoDeadline, or ns.
std::uint64_t wait_until(std::uint64_t deadline_ns, std::uint64_t now_ns);

void update_time(Loop& loop);
// Called before and after a wait that counts as idle time. idle_ends() without idle_begins()
// changes nothing.
void idle_begins(Loop& loop);
void idle_ends(Loop& loop);
// Time spent waiting in the engine, with UV_METRICS_IDLE_TIME. Any thread; it never goes back.
std::uint64_t idle_time_ns(const Loop& loop);
inline constexpr std::uint64_t kNanosecondsPerMillisecond = 1'000'000;
inline std::uint64_t time_ms(const Loop& loop) {
  return loop.time_ns / kNanosecondsPerMillisecond;
}

// Has the engine apply what is queued, without waiting.
void flush_engine(Loop& loop);

// Timers. The time is absolute, in whole milliseconds of the loop's clock: what is due in the same
// one runs in the order of the starts, and the farthest timeout has room. Starting a started item
// moves it. False when out of memory; the item is as it was then.
bool start_timer(Loop& loop, TimerItem& item, std::uint64_t due_ms);
void stop_timer(Loop& loop, TimerItem& item);
// uv_now() plus a delay; a delay beyond the end of time ends there.
std::uint64_t due_after_ms(const Loop& loop, std::uint64_t delay_ms);

// Puts an item into the inbox and wakes the loop if it may be asleep. Any thread;
// async-signal-safe. The item may be gone when this returns.
void deliver(Loop& loop, RemoteItem& item);
// The same for an async.
void signal(Loop& loop, SignalledItem& item);
// Wakes the loop if it may be asleep. Any thread; async-signal-safe.
void notify(Loop& loop);
}  // namespace violet
