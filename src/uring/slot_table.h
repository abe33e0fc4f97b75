// Records of what the kernel works for. Completions name them by slot and generation, so that one
// that comes after its record is gone finds nobody.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>

#include "base/allocator.h"
#include "base/array.h"
#include "uring/key.h"

namespace violet {

// Slots that keep their addresses; a freed one comes back with the next generation. A record has
// `slot`, `generation` and begin(), which prepares it for its next use and keeps those two.
template <typename Record>
class SlotTable {
 public:
  SlotTable() = default;
  SlotTable(const SlotTable&) = delete;
  SlotTable& operator=(const SlotTable&) = delete;
  ~SlotTable() {
    for (std::size_t i = 0; i < records_.size(); ++i)
      destroy(records_[i]);
  }

  // Null when out of memory.
  Record* take() {
    if (!free_.empty()) {
      std::uint32_t slot = free_.back();
      free_.pop_back();
      return begun(*records_[slot]);
    }
    // Room to free every slot later, so that giving one back cannot fail.
    if (!records_.reserve_one_more() || !free_.reserve(records_.capacity())) return nullptr;
    Record* record = create<Record>(Record{});
    if (record == nullptr) return nullptr;
    record->slot = static_cast<std::uint32_t>(records_.size());
    records_.push_back(record);
    return begun(*record);
  }

  void give_back(Record& record) {
    assert(records_[record.slot] == &record && free_.size() < records_.size());
    ++record.generation;
    free_.push_back(record.slot);
  }

  // Those in free slots, too.
  template <typename Visit>
  void for_each(Visit visit) {
    for (std::size_t i = 0; i < records_.size(); ++i)
      visit(*records_[i]);
  }

  // Of a slot that is in use.
  Record& at(std::uint32_t slot) {
    assert(slot < records_.size());
    return *records_[slot];
  }

  // Null when the slot has moved on to another generation.
  Record* find(const Key& key) {
    if (key.slot >= records_.size()) return nullptr;
    Record* record = records_[key.slot];
    return record->generation == key.generation ? record : nullptr;
  }

 private:
  static Record* begun(Record& record) {
    record.begin();
    return &record;
  }

  Array<Record*> records_;
  Array<std::uint32_t> free_;
};

}  // namespace violet
