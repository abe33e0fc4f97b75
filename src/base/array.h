// A growing array whose growth can fail without an exception. For trivially copyable elements.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "base/allocator.h"

namespace violet {

template <typename T>
class Array {
  static_assert(std::is_trivially_copyable_v<T>, "growing moves the elements as bytes");

 public:
  Array() = default;
  Array(const Array&) = delete;
  Array& operator=(const Array&) = delete;
  ~Array() { release(items_); }

  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  bool empty() const { return size_ == 0; }
  T* data() { return items_; }
  const T* data() const { return items_; }
  T& operator[](std::size_t index) {
    assert(index < size_);
    return items_[index];
  }
  const T& operator[](std::size_t index) const {
    assert(index < size_);
    return items_[index];
  }
  T& back() {
    assert(size_ > 0);
    return items_[size_ - 1];
  }

  // False when out of memory; the array is unchanged then.
  bool reserve(std::size_t capacity) {
    if (capacity <= capacity_) return true;
    if (capacity > SIZE_MAX / sizeof(T)) return false;
    void* grown = reallocate(items_, capacity * sizeof(T));
    if (grown == nullptr) return false;
    items_ = static_cast<T*>(grown);
    capacity_ = capacity;
    return true;
  }

  // Room for one push_back() that cannot fail. False when out of memory.
  bool reserve_one_more() {
    return size_ < capacity_ || reserve(capacity_ == 0 ? 16 : capacity_ * 2);
  }

  bool push_back(const T& item) {
    // The copy keeps `a.push_back(a[0])` right when growing moves the elements.
    const T copy = item;
    if (!reserve_one_more()) return false;
    items_[size_++] = copy;
    return true;
  }

  // False when out of memory; the array is unchanged then.
  bool append(const T* items, std::size_t count) {
    if (count == 0) return true;
    std::size_t needed = size_ + count;
    if (needed > capacity_ && !reserve(needed > 2 * capacity_ ? needed : 2 * capacity_))
      return false;
    std::memcpy(items_ + size_, items, count * sizeof(T));
    size_ = needed;
    return true;
  }

  void pop_back() {
    assert(size_ > 0);
    --size_;
  }
  void clear() { size_ = 0; }

  void release_memory() {
    release(items_);
    items_ = nullptr;
    size_ = capacity_ = 0;
  }

 private:
  T* items_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace violet
