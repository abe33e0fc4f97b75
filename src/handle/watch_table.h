// Finds what belongs to a watch id. A hash table with open addressing: the system counts the ids up
// and never gives one twice, so an array by id would grow for ever.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/array.h"

namespace violet {

// `Entry` has a member `id`, a non-negative int that does not change while it is in the table.
template <typename Entry>
class WatchTable {
 public:
  std::size_t size() const { return size_; }

  Entry* find(int id) const {
    if (slots_.empty()) return nullptr;
    for (std::size_t at = home(id);; at = after(at)) {
      Entry* entry = slots_[at];
      if (entry == nullptr || entry->id == id) return entry;
    }
  }

  // The id must be new. False when out of memory.
  bool insert(Entry& entry) {
    // At most half full, so that searches are short and always end.
    if ((size_ + 1) * 2 > slots_.size() && !grow()) return false;
    place(entry);
    ++size_;
    return true;
  }

  void remove(int id) {
    std::size_t hole = home(id);
    while (slots_[hole]->id != id)
      hole = after(hole);
    --size_;
    // What was pushed beyond the hole by it moves back, so that searches need no tombstones.
    for (std::size_t at = after(hole); slots_[at] != nullptr; at = after(at)) {
      std::size_t wanted = home(slots_[at]->id);
      bool stays = hole < at ? wanted > hole && wanted <= at : wanted > hole || wanted <= at;
      if (stays) continue;
      slots_[hole] = slots_[at];
      hole = at;
    }
    slots_[hole] = nullptr;
  }

  // Any entry; null when there is none.
  Entry* any() const {
    for (std::size_t at = 0; at < slots_.size(); ++at) {
      if (slots_[at] != nullptr) return slots_[at];
    }
    return nullptr;
  }

  template <typename Visit>
  void for_each(Visit visit) const {
    for (std::size_t at = 0; at < slots_.size(); ++at) {
      if (slots_[at] != nullptr) visit(*slots_[at]);
    }
  }

 private:
  static constexpr std::size_t kFirstSize = 16;

  // The size is a power of two; ids that follow each other get slots that follow each other.
  std::size_t home(int id) const { return static_cast<std::uint32_t>(id) & (slots_.size() - 1); }
  std::size_t after(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }

  void place(Entry& entry) {
    std::size_t at = home(entry.id);
    while (slots_[at] != nullptr)
      at = after(at);
    slots_[at] = &entry;
  }

  bool grow() {
    std::size_t old_size = slots_.size();
    std::size_t new_size = old_size == 0 ? kFirstSize : old_size * 2;
    Array<Entry*> old;
    if (!old.append(slots_.data(), old_size) || !slots_.reserve(new_size)) return false;
    slots_.clear();
    while (slots_.size() < new_size)
      slots_.push_back(nullptr);
    for (std::size_t at = 0; at < old_size; ++at) {
      if (old[at] != nullptr) place(*old[at]);
    }
    return true;
  }

  Array<Entry*> slots_;
  std::size_t size_ = 0;
};

}  // namespace violet
