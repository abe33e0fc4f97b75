#include "threadpool/pool.h"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#include "os/clock.h"
#include "os/environment.h"
#include "os/fork.h"
#include "os/thread.h"
#include "threadpool/queue.h"

namespace violet {
namespace {

static_assert(offsetof(WorkItem, finished) == 0 && offsetof(RemoteItem, node) == 0);

constexpr std::uint32_t kDefaultThreads = 4;
constexpr std::uint32_t kMaxThreads = 1024;

// Name and stack stand in libuv's documentation. The process's own limit may be far too small for
// what runs here: a name service module, say, whose needs nobody knows.
constexpr const char* kThreadName = "libuv-worker";
constexpr std::size_t kThreadStack = std::size_t{8} << 20;

// The part of the queue by which it may change between two readings of the clock.
constexpr std::uint32_t kChangesPerReading = 16;

class Pool;

// Lies in `thread_memory`, which outlives the threads: whoever wakes one does so unlocked, when
// that thread may already be on its way out.
struct PoolThread {
  Thread thread;
  Pool* pool = nullptr;
  Condition woken;
  bool is_woken = false;
  PoolThread* next_sleeper = nullptr;
};

// Not from the allocator: the threads stay until uv_library_shutdown(), which few programs call,
// and programs that count what they gave out find nothing left after their last loop. Untouched
// pages of it cost nothing.
alignas(PoolThread) unsigned char thread_memory[kMaxThreads * sizeof(PoolThread)];

PoolThread& thread_at(std::uint32_t index) {
  return *std::launder(reinterpret_cast<PoolThread*>(thread_memory) + index);
}

// Everything is protected by `mutex_`.
//
// At most one thread is being woken (or started) at any time. When it comes to its work and finds
// more than it takes, it wakes the next one before it begins. So a burst of submissions costs the
// submitter one wake-up, no item waits while a thread sleeps, and work that is over in no time is
// not spread over more threads than it keeps busy.
class Pool {
 public:
  int submit(WorkItem& item);
  bool cancel(WorkItem& item);
  bool has_room() const;
  PoolProgress progress() const;
  void shut_down();
  PoolMetrics metrics();
  // In a forked child, where neither the threads nor the lock's owner exist any more.
  void forget_threads();
  void run_thread(PoolThread& self);

 private:
  int find_thread_for_work(PoolThread*& to_wake);
  int start_thread();
  void count_threads();
  WorkItem* next_item(PoolThread& self, PoolThread*& to_wake);
  void sleep(PoolThread& self);
  PoolThread* pop_sleeper();
  void note_queue_change();
  void item_is_over(Lane lane);

  Mutex mutex_;
  WorkQueue queue_;
  std::uint32_t max_threads_ = 0;  // 0: not known yet
  std::uint32_t thread_count_ = 0;
  // Of whoever started the first thread. Programs block signals around their first work, and count
  // on the whole pool to have them blocked.
  SignalMask signals_;
  PoolThread* sleepers_ = nullptr;  // the last to fall asleep first: its caches are warm
  bool is_waking_ = false;          // somebody was woken or started and has not come to work yet
  bool stopping_ = false;
  std::uint32_t unnoted_changes_ = 0;
  std::uint64_t queue_changed_ns_ = 0;
  PoolMetrics metrics_ = {};
  // Changed under the lock, read without it.
  std::atomic<std::uint32_t> slow_items_{0};  // submitted and not over, of other lanes than kQuick
  std::atomic<std::uint32_t> slow_limit_{1};  // as many would occupy every thread
  std::atomic<std::uint32_t> over_{0};        // as metrics_.finished; wraps
};

alignas(Pool) unsigned char pool_memory[sizeof(Pool)];
Once pool_made;

// Never destroyed: pool threads may still run while the process exits.
Pool& existing_pool() {
  return *std::launder(reinterpret_cast<Pool*>(pool_memory));
}

void make_pool() {
  new (pool_memory) Pool();
  call_in_forked_child([] { existing_pool().forget_threads(); });
}

Pool& pool() {
  pool_made.call(make_pool);
  return existing_pool();
}

std::uint32_t wanted_threads() {
  char text[16];
  if (environment_value("UV_THREADPOOL_SIZE", text, sizeof(text)) < 0) return kDefaultThreads;
  long count = std::strtol(text, nullptr, 10);
  if (count < 1) return 1;
  return count > static_cast<long>(kMaxThreads) ? kMaxThreads : static_cast<std::uint32_t>(count);
}

// Adds what the items have waited since the last change; so no item needs a time of its own. A long
// queue changes little by one item, so the clock is read once for several.
void Pool::note_queue_change() {
  if (unnoted_changes_ < queue_.size() / kChangesPerReading) {
    ++unnoted_changes_;
    return;
  }
  unnoted_changes_ = 0;
  std::uint64_t now = monotonic_ns();
  metrics_.waited_ns += queue_.size() * (now - queue_changed_ns_);
  queue_changed_ns_ = now;
}

int Pool::submit(WorkItem& item) {
  PoolThread* to_wake = nullptr;
  {
    MutexLock lock(mutex_);
    note_queue_change();
    queue_.push(item);
    if (int error = find_thread_for_work(to_wake); error != 0) {
      queue_.remove(item);
      return error;
    }
    if (item.lane != Lane::kQuick) slow_items_.fetch_add(1, std::memory_order_relaxed);
    ++metrics_.submitted;
    if (queue_.size() > metrics_.most_queued) metrics_.most_queued = queue_.size();
  }
  // After the lock is released, so that the woken thread does not wait for it at once.
  if (to_wake != nullptr) to_wake->woken.signal();
  return 0;
}

// Finds a sleeping thread, else starts a new one if there may be more, else leaves the item to the
// busy ones. Fails only when there is no thread at all.
int Pool::find_thread_for_work(PoolThread*& to_wake) {
  if (is_waking_) return 0;
  if (sleepers_ != nullptr) {
    to_wake = pop_sleeper();
    is_waking_ = true;
    return 0;
  }
  if (stopping_ || (thread_count_ > 0 && thread_count_ == max_threads_)) return 0;
  int error = start_thread();
  if (error == 0) is_waking_ = true;
  return thread_count_ > 0 ? 0 : error;
}

void Pool::count_threads() {
  if (max_threads_ != 0) return;
  max_threads_ = wanted_threads();
  slow_limit_.store(max_threads_, std::memory_order_relaxed);
  queue_.set_max_lookups((max_threads_ + 1) / 2);
}

int Pool::start_thread() {
  count_threads();
  if (thread_count_ == 0) signals_ = SignalMask::own();
  PoolThread* started = new (&thread_at(thread_count_)) PoolThread();
  started->pool = this;
  auto entry = [](void* argument) {
    PoolThread* self = static_cast<PoolThread*>(argument);
    self->pool->run_thread(*self);
  };
  int error = started->thread.start(entry, started, {kThreadName, kThreadStack, &signals_});
  if (error != 0) {
    started->~PoolThread();
    // The next submission reads UV_THREADPOOL_SIZE again.
    if (thread_count_ == 0) max_threads_ = 0;
    return error;
  }
  ++thread_count_;
  return 0;
}

void Pool::run_thread(PoolThread& self) {
  mutex_.lock();
  is_waking_ = false;
  PoolThread* to_wake = nullptr;
  while (WorkItem* item = next_item(self, to_wake)) {
    const Lane lane = item->lane;
    mutex_.unlock();
    if (to_wake != nullptr) to_wake->woken.signal();
    item->work(*item);
    deliver(*item->loop, item->finished);
    mutex_.lock();
    if (lane == Lane::kLookup) queue_.lookup_over();
    item_is_over(lane);
    over_.store(static_cast<std::uint32_t>(++metrics_.finished), std::memory_order_release);
  }
  mutex_.unlock();
}

// Waits for an item; null when the thread should end.
WorkItem* Pool::next_item(PoolThread& self, PoolThread*& to_wake) {
  to_wake = nullptr;
  for (;;) {
    if (queue_.size() > 0) {
      note_queue_change();
      if (WorkItem* item = queue_.pop()) {
        if (queue_.has_runnable()) find_thread_for_work(to_wake);
        return item;
      }
    }
    if (stopping_) return nullptr;
    sleep(self);
  }
}

PoolThread* Pool::pop_sleeper() {
  PoolThread* thread = sleepers_;
  sleepers_ = thread->next_sleeper;
  thread->is_woken = true;
  return thread;
}

void Pool::sleep(PoolThread& self) {
  self.is_woken = false;
  self.next_sleeper = sleepers_;
  sleepers_ = &self;
  while (!self.is_woken)
    self.woken.wait(mutex_);
  is_waking_ = false;
}

bool Pool::cancel(WorkItem& item) {
  MutexLock lock(mutex_);
  note_queue_change();
  if (!queue_.remove(item)) return false;
  if (!queue_.is_of_parent(item)) item_is_over(item.lane);
  ++metrics_.cancelled;
  return true;
}

void Pool::item_is_over(Lane lane) {
  if (lane != Lane::kQuick) slow_items_.fetch_sub(1, std::memory_order_relaxed);
}

bool Pool::has_room() const {
  return slow_items_.load(std::memory_order_relaxed) < slow_limit_.load(std::memory_order_relaxed);
}

PoolProgress Pool::progress() const {
  // Read in this order, so that an item that ends in between cannot make the number of running ones
  // negative.
  const std::uint32_t over = over_.load(std::memory_order_acquire);
  const std::uint32_t taken = queue_.taken();
  const std::uint32_t running = taken - over;
  return {queue_.size(), taken, running >= slow_limit_.load(std::memory_order_relaxed)};
}

void Pool::shut_down() {
  {
    MutexLock lock(mutex_);
    if (thread_count_ == 0) return;
    stopping_ = true;
    while (sleepers_ != nullptr)
      pop_sleeper()->woken.signal();
  }
  for (std::uint32_t i = 0; i < thread_count_; ++i)
    thread_at(i).thread.join();
  for (std::uint32_t i = 0; i < thread_count_; ++i)
    thread_at(i).~PoolThread();
  max_threads_ = thread_count_ = 0;
  is_waking_ = stopping_ = false;
}

PoolMetrics Pool::metrics() {
  MutexLock lock(mutex_);
  note_queue_change();
  PoolMetrics metrics = metrics_;
  metrics.threads = thread_count_;
  metrics.queued = queue_.size();
  return metrics;
}

// The child reads UV_THREADPOOL_SIZE when it first needs a thread, and may set it until then.
void Pool::forget_threads() {
  const std::uint8_t generation = queue_.generation();
  new (this) Pool();
  queue_.set_generation(static_cast<std::uint8_t>(generation + 1));
}

}  // namespace

int submit_work(Loop& loop, WorkItem& item, Lane lane, void (*work)(WorkItem&),
                void (*finished)(RemoteItem& item, Loop& loop)) {
  item.finished.run = finished;
  item.work = work;
  item.loop = &loop;
  item.status = 0;
  item.lane = lane;
  return pool().submit(item);
}

int cancel_work(WorkItem& item) {
  if (!pool().cancel(item)) return UV_EBUSY;
  item.status = UV_ECANCELED;
  deliver(*item.loop, item.finished);
  return 0;
}

void mark_finished(WorkItem& item) {
  item.stage = kWorkTaken;
  item.status = 0;
}

bool pool_has_room() {
  return pool().has_room();
}

PoolProgress pool_progress() {
  return pool().progress();
}

PoolMetrics pool_metrics() {
  return pool().metrics();
}

void shut_down_pool() {
  pool().shut_down();
}

}  // namespace violet
