#include "base/allocator.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace violet {
namespace {

Allocator current = {std::malloc, std::realloc, std::calloc, std::free};

// As malloc(3) does, and replaced allocators need not: whoever fails for want of memory may report
// errno.
void* with_errno(void* memory) {
  if (memory == nullptr) errno = ENOMEM;
  return memory;
}

}  // namespace

void set_allocator(const Allocator& allocator) {
  current = allocator;
}

void* allocate(std::size_t size) {
  return size == 0 ? nullptr : with_errno(current.allocate(size));
}

void* allocate_zeroed(std::size_t count, std::size_t size) {
  return with_errno(current.allocate_zeroed(count, size));
}

void* reallocate(void* memory, std::size_t size) {
  if (size != 0) return with_errno(current.reallocate(memory, size));
  release(memory);
  return nullptr;
}

void release(void* memory) {
  // Callers report the errno of the call that failed before they cleaned up.
  int saved_errno = errno;
  current.release(memory);
  errno = saved_errno;
}

char* duplicate_bytes(const void* bytes, std::size_t size) {
  char* copy = static_cast<char*>(allocate(size));
  if (copy != nullptr) std::memcpy(copy, bytes, size);
  return copy;
}

char* duplicate_string(const char* text) {
  return duplicate_bytes(text, std::strlen(text) + 1);
}

}  // namespace violet
