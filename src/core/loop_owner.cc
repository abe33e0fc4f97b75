#include "core/loop_owner.h"

#include "core/loop.h"
#include "os/exit.h"
#include "os/fork.h"
#include "os/signal_actions.h"
#include "os/thread.h"

namespace violet {
namespace {

// How often the output is offered when its thread ends: a reader that keeps up gets everything, and
// one that is slow or stuck does not keep the thread for ever.
constexpr int kMaxLastTurns = 1000;

Mutex list_lock;
List loops;
Once prepared;

// A thread that forks takes the lock of the signal table, then this one. Our signal handler waits
// for the signal table. So a thread that holds this lock must not run a signal handler: it would
// wait for the forking thread, which waits for it.
class ListLock {
 private:
  // Declared first, so that signals are blocked before the lock is taken and until it is released.
  SignalsBlocked blocked_;
  MutexLock lock_{list_lock};
};

// Whether on_thread_end() is to be called for this thread. Its address identifies the thread.
thread_local bool ends_with_thread = false;

const void* this_thread() {
  return &ends_with_thread;
}

// Visits the loops that the calling thread owns.
template <typename Visit>
void for_each_own_loop(Visit visit) {
  for (ListNode* node = loops.head.next; node != &loops.head; node = node->next) {
    Loop& loop = object_from_member<Loop>(node, offsetof(Loop, enlisted));
    if (loop.owner.load(std::memory_order_relaxed) == this_thread()) visit(loop);
  }
}

// False when the stack frame of the loop's run is gone, by pthread_exit() or longjmp(): handles and
// buffers may have lain in the frames that are gone.
bool may_touch_handles(const Loop& loop) {
  return loop.run_frame == nullptr || loop.run_frame > current_frame();
}

// Only if the thread is still inside uv_run(), because a callback has called exit(): then the
// handles and buffers still exist.
void offer_last_output(Loop& loop) {
  if (loop.run_frame == nullptr || !may_touch_handles(loop)) return;
  for (int turn = 0; turn < kMaxLastTurns && !loop.queued_output.empty(); ++turn)
    offer_output(loop);
  flush_engine(loop);
}

void on_thread_end() {
  const ListLock lock;
  for_each_own_loop([](Loop& loop) {
    offer_last_output(loop);
    // From now on, writes go out like those outside of a run.
    loop.run_frame = nullptr;
    loop.owner.store(nullptr, std::memory_order_relaxed);
  });
}

// The process ends by exit() outside of a run, or because main() has returned. Handles and buffers
// may be gone, so only the copies are written. After exit() in a callback this comes second.
void on_process_end() {
  const ListLock lock;
  for (ListNode* node = loops.head.next; node != &loops.head; node = node->next) {
    Loop& loop = object_from_member<Loop>(node, offsetof(Loop, enlisted));
    const void* owner = loop.owner.load(std::memory_order_relaxed);
    if (owner != nullptr && owner != this_thread()) continue;
    loop.held.write_out();
    loop.engine->let_go();
  }
}

void before_fork() {
  list_lock.lock();
  for_each_own_loop([](Loop& loop) {
    if (!may_touch_handles(loop)) return;
    offer_output_now(loop);
    // Outside of a run an engine keeps nothing back.
    if (is_running(loop)) flush_engine(loop);
  });
}

void after_fork_in_parent() {
  list_lock.unlock();
}

void after_fork_in_child() {
  for (ListNode* node = loops.head.next; node != &loops.head; node = node->next) {
    Loop& loop = object_from_member<Loop>(node, offsetof(Loop, enlisted));
    loop.owner.store(nullptr, std::memory_order_relaxed);
    loop.run_frame = nullptr;
    loop.is_forked = true;
    loop.held.clear();
  }
  call_at_process_end(on_process_end);
  list_lock.unlock();
}

void prepare() {
  loops.reset();
  call_around_fork(before_fork, after_fork_in_parent, after_fork_in_child);
  call_at_process_end(on_process_end);
}

void change_owner(Loop& loop) {
  loop.owner.store(this_thread(), std::memory_order_relaxed);
  if (ends_with_thread) return;
  ends_with_thread = true;
  call_at_thread_end(on_thread_end);
}

}  // namespace

void enlist_loop(Loop& loop) {
  prepared.call(prepare);
  const ListLock lock;
  loops.push_back(loop.enlisted);
  change_owner(loop);
}

void delist_loop(Loop& loop) {
  const ListLock lock;
  loop.enlisted.unlink();
}

void own_loop(Loop& loop) {
  if (loop.owner.load(std::memory_order_relaxed) == this_thread()) return;
  const ListLock lock;
  change_owner(loop);
}

RunScope::RunScope(Loop& loop) : loop_(loop), outer_frame_(loop.run_frame) {
  own_loop(loop);
  // The copies stand in for the originals only while the loop does not run.
  if (!loop.held.empty()) offer_output(loop);
  loop.run_frame = current_frame();
}

RunScope::~RunScope() {
  loop_.run_frame = outer_frame_;
}

void offer_output_now(Loop& loop) {
  const void* frame = loop.run_frame;
  loop.run_frame = nullptr;
  offer_output(loop);
  loop.run_frame = frame;
}

void offer_output(Loop& loop) {
  const InsideScope scope(loop, Inside::kOutput);
  if (!loop.queued_output.empty()) {
    ReadyList turn;
    loop.queued_output.move_all_to(turn);
    while (ReadyItem* item = turn.pop_front())
      item->run(*item, loop);
  }
  if (!loop.held.empty()) loop.held.clear();
}

}  // namespace violet
