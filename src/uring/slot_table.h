// Records of what the kernel works for. Completions name them by slot and generation, so that one
// that comes after its record is gone finds nobody.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include "base/allocator.h"
#include "base/array.h"
#include "uring/key.h"

namespace violet {

// Slots that keep their addresses, since they lie in blocks of about a page; a freed one comes back
// with the next generation. A record has `slot`, `generation` and begin(), which prepares it for
// its next use and keeps those two.
template <typename Record>
class SlotTable {
 public:
  SlotTable() = default;
  SlotTable(const SlotTable&) = delete;
  SlotTable& operator=(const SlotTable&) = delete;
  ~SlotTable() {
    for (std::size_t i = 0; i < blocks_.size(); ++i)
      release(blocks_[i].records);
  }

  // Null when out of memory.
  Record* take() {
    if (!free_.empty()) {
      std::uint32_t slot = free_.back();
      free_.pop_back();
      return begun(slot);
    }
    if (used_ == blocks_.size() * kBlockSize && !add_block()) return nullptr;
    const std::uint32_t slot = used_++;
    Record* record = new (&at(slot)) Record{};
    record->slot = slot;
    return begun(slot);
  }

  void give_back(Record& record) {
    assert(&at(record.slot) == &record && free_.size() < used_);
    ++record.generation;
    --blocks_[record.slot / kBlockSize].in_use;
    free_.push_back(record.slot);
  }

  // Releases memory after a burst: the last blocks, as long as none of their slots is in use, but
  // never the first block. Only to be called when no completion can name a slot that was given
  // back, because in a new block the generations begin anew.
  void trim() {
    std::size_t kept = blocks_.size();
    while (kept > 1 && blocks_[kept - 1].in_use == 0)
      --kept;
    if (kept < blocks_.size()) release_behind(kept);
  }

  // For tests.
  std::size_t block_count() const { return blocks_.size(); }

  // Visits all records, those in free slots, too.
  template <typename Visit>
  void for_each(Visit visit) {
    for (std::uint32_t slot = 0; slot < used_; ++slot)
      visit(at(slot));
  }

  // Of a slot that is in use.
  Record& at(std::uint32_t slot) {
    assert(slot < used_);
    return blocks_[slot / kBlockSize].records[slot % kBlockSize];
  }

  // Null when the slot has moved on to another generation.
  Record* find(const Key& key) {
    if (key.slot >= used_) return nullptr;
    Record& record = at(key.slot);
    return record.generation == key.generation ? &record : nullptr;
  }

 private:
  // Records of one block; a power of two, so that a slot is found by shifting.
  static constexpr std::uint32_t kBlockSize = sizeof(Record) <= 128 ? 64 : 16;
  static_assert(std::is_trivially_destructible_v<Record>);

  struct Block {
    Record* records;
    std::uint32_t in_use;
  };

  Record* begun(std::uint32_t slot) {
    ++blocks_[slot / kBlockSize].in_use;
    Record& record = at(slot);
    record.begin();
    return &record;
  }

  void release_behind(std::size_t kept) {
    for (; blocks_.size() > kept; blocks_.pop_back())
      release(blocks_.back().records);
    const std::size_t end = kept * kBlockSize;
    std::size_t remaining = 0;
    for (std::size_t i = 0; i < free_.size(); ++i)
      if (free_[i] < end) free_[remaining++] = free_[i];
    while (free_.size() > remaining)
      free_.pop_back();
    if (used_ > end) used_ = static_cast<std::uint32_t>(end);
  }

  // With room to free every slot later, so that giving one back cannot fail.
  bool add_block() {
    if (!blocks_.reserve_one_more() || !free_.reserve(blocks_.capacity() * kBlockSize))
      return false;
    Record* block = static_cast<Record*>(allocate(kBlockSize * sizeof(Record)));
    if (block == nullptr) return false;
    blocks_.push_back({block, 0});
    return true;
  }

  Array<Block> blocks_;
  Array<std::uint32_t> free_;
  std::uint32_t used_ = 0;  // slots that were taken at least once
};

}  // namespace violet
