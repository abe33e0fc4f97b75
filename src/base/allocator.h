// All heap memory of the library comes from here, so that uv_replace_allocator() governs every
// byte. Every function may return null; callers turn that into UV_ENOMEM.
#pragma once

#include <cstddef>
#include <new>
#include <utility>

namespace violet {

struct Allocator {
  void* (*allocate)(std::size_t size);
  void* (*reallocate)(void* memory, std::size_t size);
  void* (*allocate_zeroed)(std::size_t count, std::size_t size);
  void (*release)(void* memory);
};

// Replaces the allocator. Not thread-safe by contract: it must be called before any other function.
void set_allocator(const Allocator& allocator);

void* allocate(std::size_t size);
void* allocate_zeroed(std::size_t count, std::size_t size);
// Like realloc(3), but size 0 releases the memory and returns null.
void* reallocate(void* memory, std::size_t size);
// Releases memory; null is allowed. Keeps errno.
void release(void* memory);
// A copy of a string, to be given to release().
char* duplicate_string(const char* text);
char* duplicate_bytes(const void* bytes, std::size_t size);

// Constructs one object; null when out of memory.
template <typename T, typename... Arguments>
T* create(Arguments&&... arguments) {
  void* memory = allocate(sizeof(T));
  return memory == nullptr ? nullptr : new (memory) T(std::forward<Arguments>(arguments)...);
}

template <typename T>
void destroy(T* object) {
  if (object == nullptr) return;
  object->~T();
  release(object);
}

// Owns memory from allocate(); move-only.
template <typename T>
class Owned {
 public:
  Owned() = default;
  explicit Owned(T* object) : object_(object) {}
  Owned(Owned&& other) noexcept : object_(other.take()) {}
  Owned& operator=(Owned&& other) noexcept {
    if (this != &other) {
      release(object_);
      object_ = other.take();
    }
    return *this;
  }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() { release(object_); }

  T* get() const { return object_; }
  T& operator[](std::size_t index) const { return object_[index]; }
  explicit operator bool() const { return object_ != nullptr; }

  // Gives the memory away.
  T* take() {
    T* object = object_;
    object_ = nullptr;
    return object;
  }

 private:
  T* object_ = nullptr;
};

}  // namespace violet
