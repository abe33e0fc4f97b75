#include "handle/signal_dispatcher.h"

#include <uv.h>

#include <atomic>
#include <cerrno>
#include <cstring>

#include "core/loop.h"
#include "os/fork.h"
#include "os/thread.h"

namespace violet {
namespace {

enum class Catching : unsigned char { kNot, kAlways, kOnce };

struct SignalEntry {
  List subscribers;
  std::uint32_t handles;     // of all loops
  std::uint32_t persistent;  // of these, the ones that do not stop by themselves
  Catching catching;         // as the kernel has it
  SignalAction before;       // what comes back with the last handle
};

std::atomic<bool> table_locked{false};
SignalEntry table[kSignalLimit];

void lock_table() {
  while (table_locked.exchange(true, std::memory_order_acquire))
    yield_thread();
}

void unlock_table() {
  table_locked.store(false, std::memory_order_release);
}

class TableLock {
 public:
  TableLock() { lock_table(); }
  ~TableLock() { unlock_table(); }
  TableLock(const TableLock&) = delete;
  TableLock& operator=(const TableLock&) = delete;

 private:
  // Declared first, so that signals are blocked before the lock is taken and until it is released.
  SignalsBlocked blocked_;
};

void note(CaughtSignals& caught, int number) {
  if (caught.count < CaughtSignals::kCapacity) {
    caught.numbers[caught.count++] = static_cast<unsigned char>(number);
    return;
  }
  caught.overflowed = true;
  ++caught.uncounted[number];
}

template <typename Visit>
void for_each_subscriber(int number, Visit visit) {
  List& subscribers = table[number].subscribers;
  for (ListNode* node = subscribers.head.next; node != &subscribers.head; node = node->next) {
    std::size_t offset =
        offsetof(SignalSubscriber, wanting) + static_cast<std::size_t>(number) * sizeof(ListNode);
    visit(object_from_member<SignalSubscriber>(node, offset));
  }
}

// Runs in a signal handler, with all signals blocked.
void on_signal(int number) {
  int saved_errno = errno;
  lock_table();
  SignalEntry& entry = table[number];
  if (entry.catching == Catching::kOnce) {
    entry.catching = Catching::kNot;
    if (!is_default(entry.before)) set_signal_action(number, entry.before);
  }
  for_each_subscriber(number, [number](SignalSubscriber& subscriber) {
    note(subscriber.caught, number);
    subscriber.loop->signals_pending.store(true, std::memory_order_seq_cst);
    notify(*subscriber.loop);
  });
  unlock_table();
  errno = saved_errno;
}

Catching wanted_catching(const SignalEntry& entry) {
  if (entry.handles == 0) return Catching::kNot;
  return entry.persistent == 0 ? Catching::kOnce : Catching::kAlways;
}

// A program may have been started with a signal ignored (nohup), or have a handler of its own.
int remember_action(int number, SignalAction& before) {
  SignalAction found;
  if (int error = get_signal_action(number, found); error != 0) return error;
  // Our own handler is installed although nobody wants the signal: the program has restored what it
  // found while we caught it. What was there before us counts as the default.
  before = is_caught_by(found, on_signal) ? SignalAction() : found;
  return 0;
}

// Leaves alone what the program has set while our handles were started.
int set_action_back(int number, const SignalAction& before) {
  SignalAction found;
  if (int error = get_signal_action(number, found); error != 0) return error;
  return is_caught_by(found, on_signal) ? set_signal_action(number, before) : 0;
}

int catch_signal(int number, Catching how) {
  SignalEntry& entry = table[number];
  if (entry.catching == Catching::kNot) {
    if (int error = remember_action(number, entry.before); error != 0) return error;
  }
  // If the action before was the default, the kernel restores it itself, at the moment the signal
  // is caught. Any other action is restored by our handler; until then the default must not take
  // effect.
  const bool kernel_resets = how == Catching::kOnce && is_default(entry.before);
  return set_signal_action(number, catching_action(on_signal, kernel_resets));
}

int apply_action(int number) {
  SignalEntry& entry = table[number];
  const Catching wanted = wanted_catching(entry);
  if (wanted == entry.catching) return 0;
  int error = wanted == Catching::kNot ? set_action_back(number, entry.before)
                                       : catch_signal(number, wanted);
  if (error == 0) entry.catching = wanted;
  return error;
}

void reset_caught(CaughtSignals& caught) {
  std::uint64_t next = caught.first + caught.count;
  std::memset(&caught, 0, sizeof(caught));
  caught.first = next;
}

// fork(2) must not copy a table that another thread holds: its holder does not exist in the child.
BlockedSignals blocked_before_fork;  // guarded by the lock

void before_fork() {
  BlockedSignals before;
  block_signals(before);
  lock_table();
  blocked_before_fork = before;
}

void after_fork_in_parent() {
  BlockedSignals before = blocked_before_fork;
  unlock_table();
  restore_signals(before);
}

// What the parent caught is the parent's to hand out.
void after_fork_in_child() {
  for (int number = 1; number < kSignalLimit; ++number) {
    for_each_subscriber(number,
                        [](SignalSubscriber& subscriber) { reset_caught(subscriber.caught); });
  }
  after_fork_in_parent();
}

Once dispatcher_started;
int start_error = 0;

void start_once() {
  for (SignalEntry& entry : table)
    entry.subscribers.reset();
  start_error = call_around_fork(before_fork, after_fork_in_parent, after_fork_in_child);
}

bool is_signal(int number) {
  return number > 0 && number < kSignalLimit;
}

}  // namespace

int start_signal_dispatcher() {
  dispatcher_started.call(start_once);
  return start_error;
}

int subscribe(SignalSubscriber& subscriber, int number, bool once, std::uint64_t& position) {
  if (!is_signal(number)) return UV_EINVAL;
  TableLock lock;
  SignalEntry& entry = table[number];
  const std::uint32_t persistent = once ? 0 : 1;
  ++entry.handles;
  entry.persistent += persistent;
  if (int error = apply_action(number); error != 0) {
    --entry.handles;
    entry.persistent -= persistent;
    return error;
  }
  if (subscriber.handles[number]++ == 0) entry.subscribers.push_back(subscriber.wanting[number]);
  position = subscriber.caught.first + subscriber.caught.count;
  return 0;
}

void unsubscribe(SignalSubscriber& subscriber, int number, bool once) {
  TableLock lock;
  SignalEntry& entry = table[number];
  --entry.handles;
  if (!once) --entry.persistent;
  if (--subscriber.handles[number] == 0) subscriber.wanting[number].unlink();
  apply_action(number);
}

int keep_children_for_reaping() {
  if (kChildSignal == kNoSignal) return 0;
  // The fork handlers have to be installed before the lock is first used.
  if (int error = start_signal_dispatcher(); error != 0) return error;
  TableLock lock;
  keep_children(table[kChildSignal].before);
  SignalAction now;
  if (int error = get_signal_action(kChildSignal, now); error != 0) return error;
  return keep_children(now) ? set_signal_action(kChildSignal, now) : 0;
}

void take_caught(SignalSubscriber& subscriber, CaughtSignals& caught) {
  TableLock lock;
  caught = subscriber.caught;
  reset_caught(subscriber.caught);
}

}  // namespace violet
