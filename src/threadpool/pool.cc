#include "threadpool/pool.h"

#include <cstddef>
#include <cstdlib>
#include <new>

#include "core/allocator.h"
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

// Everything but the thread array is protected by `mutex`.
class Pool {
 public:
  int submit(WorkItem& item);
  bool cancel(WorkItem& item);
  void shut_down();
  PoolMetrics metrics();
  // In a forked child, where neither the threads nor the lock's owner exist any more.
  void forget_threads();
  void run_thread();

 private:
  int find_thread_for_work(bool& wake);
  int start_thread();
  bool prepare_threads();
  WorkItem* next_item();
  void sleep();
  void note_queue_change();

  Mutex mutex_;
  Condition work_arrived_;
  WorkQueue queue_;
  Thread* threads_ = nullptr;  // room for `max_threads_`
  std::uint32_t max_threads_ = 0;
  std::uint32_t thread_count_ = 0;
  std::uint32_t sleeping_ = 0;  // threads that nobody has woken yet
  std::uint32_t wakes_ = 0;     // threads woken that have not noticed yet
  bool stopping_ = false;
  std::uint64_t queue_changed_ns_ = 0;
  PoolMetrics metrics_ = {};
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

// Adds what the items have waited since the last change; so no item needs a time of its own.
void Pool::note_queue_change() {
  std::uint64_t now = monotonic_ns();
  metrics_.waited_ns += queue_.size() * (now - queue_changed_ns_);
  queue_changed_ns_ = now;
}

int Pool::submit(WorkItem& item) {
  bool wake = false;
  {
    MutexLock lock(mutex_);
    note_queue_change();
    queue_.push(item);
    if (int error = find_thread_for_work(wake); error != 0) {
      queue_.remove(item);
      return error;
    }
    ++metrics_.submitted;
    if (queue_.size() > metrics_.most_queued) metrics_.most_queued = queue_.size();
  }
  // Unlocked, so that the woken thread does not run into our lock.
  if (wake) work_arrived_.signal();
  return 0;
}

// A sleeping thread if there is one, else a new one if there may be more, else one of the busy ones
// once it is through.
int Pool::find_thread_for_work(bool& wake) {
  if (sleeping_ > 0) {
    --sleeping_;
    ++wakes_;
    wake = true;
    return 0;
  }
  if (thread_count_ > 0 && thread_count_ == max_threads_) return 0;
  int error = start_thread();
  return thread_count_ > 0 ? 0 : error;
}

bool Pool::prepare_threads() {
  if (threads_ != nullptr) return true;
  std::uint32_t count = wanted_threads();
  threads_ = static_cast<Thread*>(allocate_zeroed(count, sizeof(Thread)));
  if (threads_ == nullptr) return false;
  max_threads_ = count;
  queue_.set_max_lookups((count + 1) / 2);
  return true;
}

int Pool::start_thread() {
  if (!prepare_threads()) return UV_ENOMEM;
  auto entry = [](void* self) { static_cast<Pool*>(self)->run_thread(); };
  int error = threads_[thread_count_].start(entry, this, {.name = "violet-pool"});
  if (error == 0) ++thread_count_;
  return error;
}

void Pool::run_thread() {
  mutex_.lock();
  while (WorkItem* item = next_item()) {
    const bool is_lookup = item->lane == Lane::kLookup;
    mutex_.unlock();
    item->work(*item);
    deliver(*item->loop, item->finished);
    mutex_.lock();
    if (is_lookup) queue_.lookup_over();
    ++metrics_.finished;
  }
  mutex_.unlock();
}

// Waits for an item; null when the thread should end.
WorkItem* Pool::next_item() {
  for (;;) {
    if (queue_.size() > 0) {
      note_queue_change();
      if (WorkItem* item = queue_.pop()) return item;
    }
    if (stopping_) return nullptr;
    sleep();
  }
}

void Pool::sleep() {
  ++sleeping_;
  while (wakes_ == 0 && !stopping_)
    work_arrived_.wait(mutex_);
  // When the pool stops nobody counts any more.
  if (wakes_ > 0) --wakes_;
}

bool Pool::cancel(WorkItem& item) {
  MutexLock lock(mutex_);
  note_queue_change();
  if (!queue_.remove(item)) return false;
  ++metrics_.cancelled;
  return true;
}

void Pool::shut_down() {
  {
    MutexLock lock(mutex_);
    if (thread_count_ == 0) return;
    stopping_ = true;
  }
  work_arrived_.broadcast();
  for (std::uint32_t i = 0; i < thread_count_; ++i)
    threads_[i].join();
  release(threads_);
  threads_ = nullptr;
  max_threads_ = thread_count_ = sleeping_ = wakes_ = 0;
  stopping_ = false;
}

PoolMetrics Pool::metrics() {
  MutexLock lock(mutex_);
  note_queue_change();
  PoolMetrics metrics = metrics_;
  metrics.threads = thread_count_;
  metrics.queued = queue_.size();
  return metrics;
}

void Pool::forget_threads() {
  // The array is kept: an allocator that another thread was inside of may be locked for ever.
  Thread* threads = threads_;
  std::uint32_t max_threads = max_threads_;
  new (this) Pool();
  threads_ = threads;
  max_threads_ = max_threads;
  queue_.set_max_lookups((max_threads + 1) / 2);
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

PoolMetrics pool_metrics() {
  return pool().metrics();
}

void shut_down_pool() {
  pool().shut_down();
}

}  // namespace violet
