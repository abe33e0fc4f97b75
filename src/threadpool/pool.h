// The thread pool: work that may block, away from the loops. One pool serves all loops of the
// process; its threads start with the first work. UV_THREADPOOL_SIZE sets how many (default 4, 1 to
// 1024).
#pragma once

#include <cstdint>

#include "core/loop.h"

namespace violet {

// Keeps one kind of work from occupying every thread: lookups take at most half of them.
enum class Lane : std::uint8_t {
  kCompute,  // uv_queue_work, uv_random
  kFile,     // file operations
  kQuick,    // file operations that most likely wait for nothing, spread over the threads
  kLookup,   // getaddrinfo, getnameinfo: may wait for a network for a long time
};

// One piece of work; lies in the reserved space of its request. The pool owns all members from
// submit_work() until `finished.run` is called on the loop's thread.
struct WorkItem {
  RemoteItem finished;           // delivered to the loop; run() looks at `status`
  WorkItem* previous;            // in the pool's queue, whose forward link is `finished.node`
  void (*work)(WorkItem& item);  // runs on a pool thread
  Loop* loop;
  std::int32_t status;  // 0, or UV_ECANCELED when it never ran
  Lane lane;
  std::uint8_t stage;       // the queue's, see queue.h
  std::uint8_t generation;  // of the queue that took it
};

// Hands the work to the pool. `finished` runs on the loop's thread in a later poll phase, exactly
// once. 0, or a negative UV_E* when not even one thread could be started.
int submit_work(Loop& loop, WorkItem& item, Lane lane, void (*work)(WorkItem&),
                void (*finished)(RemoteItem& item, Loop& loop));

// From the loop's thread. 0: it will never run, and `finished` is delivered with UV_ECANCELED;
// UV_EBUSY: it has begun or is over.
int cancel_work(WorkItem& item);

// Marks an item whose request is over without the pool: it cannot be cancelled any more.
void mark_finished(WorkItem& item);

// Whether a quick item finds a thread soon: not every one may be busy with something that waits.
// Any thread; a guess.
bool pool_has_room();

struct PoolProgress {
  std::uint32_t waiting;  // items that no thread has taken yet
  std::uint32_t taken;    // items that threads have taken since the pool started; wraps
  bool all_have_one;      // there are as many threads as there may be, and each has taken one
};

// Any thread; a guess.
PoolProgress pool_progress();

// Counted since the pool started. Mean time in the queue: waited_ns / (finished + running).
struct PoolMetrics {
  std::uint64_t submitted;
  std::uint64_t finished;
  std::uint64_t cancelled;
  std::uint64_t waited_ns;  // time spent in the queue, summed over all items
  std::uint32_t queued;     // in the queue now
  std::uint32_t most_queued;
  std::uint32_t threads;
};

// Any thread.
PoolMetrics pool_metrics();

// Waits for queued and running work and ends all threads; later work starts new ones. For
// uv_library_shutdown().
void shut_down_pool();

}  // namespace violet
