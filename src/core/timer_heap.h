// The loop's timers: a 4-ary min-heap in one array. The keys lie inside the array, so that a sift
// reads a few neighbouring cache lines and touches a timer only to tell it its new index.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>

#include "base/array.h"

namespace violet {

class TimerHeap {
 public:
  static constexpr std::uint32_t kNotInHeap = UINT32_MAX;

  // Ordered by due time, then by start order: timers due at the same time fire as they were
  // started.
  struct Entry {
    std::uint64_t due_ms;
    std::uint64_t start_order;
    std::uint32_t* index;  // where the timer keeps its place in the heap
  };

  bool empty() const { return entries_.empty(); }
  std::size_t size() const { return entries_.size(); }

  // Only on a heap that is not empty.
  const Entry& first() const {
    assert(!empty());
    return entries_[0];
  }
  const Entry& at(std::uint32_t index) const { return entries_[index]; }

  // False when out of memory; nothing has changed then.
  bool insert(const Entry& entry) {
    if (!entries_.push_back(entry)) return false;
    sift_up(static_cast<std::uint32_t>(entries_.size() - 1), entry);
    return true;
  }

  void remove(std::uint32_t index) {
    assert(index < entries_.size() && *entries_[index].index == index);
    *entries_[index].index = kNotInHeap;
    Entry moved = entries_.back();
    entries_.pop_back();
    if (index < entries_.size()) settle(index, moved);
  }

  // Gives a timer in the heap a new due time and start order. Cannot fail.
  void update(std::uint32_t index, std::uint64_t due_ms, std::uint64_t start_order) {
    assert(index < entries_.size() && *entries_[index].index == index);
    settle(index, Entry{due_ms, start_order, entries_[index].index});
  }

  void release_memory() { entries_.release_memory(); }

 private:
  static constexpr std::uint32_t kArity = 4;

  static bool before(const Entry& a, const Entry& b) {
    return a.due_ms != b.due_ms ? a.due_ms < b.due_ms : a.start_order < b.start_order;
  }

  void place(std::uint32_t index, const Entry& entry) {
    entries_[index] = entry;
    *entry.index = index;
  }

  void settle(std::uint32_t index, const Entry& entry) {
    if (index > 0 && before(entry, entries_[(index - 1) / kArity])) {
      sift_up(index, entry);
    } else {
      sift_down(index, entry);
    }
  }

  void sift_up(std::uint32_t index, const Entry& entry) {
    while (index > 0) {
      std::uint32_t parent = (index - 1) / kArity;
      if (!before(entry, entries_[parent])) break;
      place(index, entries_[parent]);
      index = parent;
    }
    place(index, entry);
  }

  void sift_down(std::uint32_t index, const Entry& entry) {
    for (;;) {
      std::uint32_t smallest = smallest_child(index);
      if (smallest == 0 || !before(entries_[smallest], entry)) break;
      place(index, entries_[smallest]);
      index = smallest;
    }
    place(index, entry);
  }

  // 0 when `index` has no children: the root is nobody's child.
  std::uint32_t smallest_child(std::uint32_t index) const {
    std::uint64_t first_child = std::uint64_t{index} * kArity + 1;
    if (first_child >= entries_.size()) return 0;
    std::uint64_t end = first_child + kArity;
    if (end > entries_.size()) end = entries_.size();
    std::uint64_t smallest = first_child;
    for (std::uint64_t child = first_child + 1; child < end; ++child) {
      if (before(entries_[child], entries_[smallest])) smallest = child;
    }
    return static_cast<std::uint32_t>(smallest);
  }

  Array<Entry> entries_;
};

}  // namespace violet
