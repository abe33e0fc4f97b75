// The pool's queue. It is not locked; the pool does that.
#pragma once

#include <atomic>
#include <cassert>
#include <cstdint>

#include "threadpool/pool.h"

namespace violet {

enum WorkStage : std::uint8_t {
  kWorkUnknown,  // never submitted
  kWorkQueued,
  kWorkHeld,  // a lookup that found no free place among the threads
  kWorkTaken,
};

// A doubly linked chain through WorkItem::finished.node (forward) and WorkItem::previous.
class WorkChain {
 public:
  bool empty() const { return first_ == nullptr; }
  WorkItem* first() const { return first_; }
  void push_back(WorkItem& item);
  void remove(WorkItem& item);

 private:
  WorkItem* first_ = nullptr;
  WorkItem* last_ = nullptr;
};

// First in, first out, except that lookups beyond `max_lookups` at once step aside until one of the
// others is over; they then come first. Every operation takes constant time, since an item steps
// aside at most once.
class WorkQueue {
 public:
  void set_max_lookups(std::uint32_t count) { max_lookups_ = count; }

  // The queue of a forked child is a new generation. It has none of the parent's items in its
  // chains, but those that waited can still be removed.
  std::uint8_t generation() const { return generation_; }
  void set_generation(std::uint8_t generation) { generation_ = generation; }
  bool is_of_parent(const WorkItem& item) const { return item.generation != generation_; }

  void push(WorkItem& item);
  // The item to run next, or null. The caller reports the end of a lookup with lookup_over().
  WorkItem* pop();
  void lookup_over() {
    assert(running_lookups_ > 0);
    --running_lookups_;
  }
  // False if the item does not wait.
  bool remove(WorkItem& item);

  // How many items wait, those that stepped aside included, and how many pop() has given out. The
  // two things that may be asked without the pool's lock.
  std::uint32_t size() const { return size_.load(std::memory_order_relaxed); }
  std::uint32_t taken() const { return taken_.load(std::memory_order_relaxed); }
  // Whether pop() may find something.
  bool has_runnable() const { return !waiting_.empty(); }

 private:
  WorkItem* take(WorkChain& chain);
  // Under the lock nobody else writes, so no atomic addition is needed.
  void set_size(std::uint32_t size) { size_.store(size, std::memory_order_relaxed); }
  void count_taken() { taken_.store(taken() + 1, std::memory_order_relaxed); }
  bool lookups_are_full() const { return running_lookups_ >= max_lookups_; }

  WorkChain waiting_;
  WorkChain held_lookups_;
  std::atomic<std::uint32_t> size_{0};
  std::atomic<std::uint32_t> taken_{0};
  std::uint32_t running_lookups_ = 0;
  std::uint32_t max_lookups_ = 1;
  std::uint8_t generation_ = 0;
};

}  // namespace violet
