// How a C library's descriptors come to a child: a block that the parent hands over in
// STARTUPINFO.lpReserved2. A count (4 bytes), a byte of flags for each descriptor, and its handle
// (8 bytes, not aligned).
#pragma once

#include <windows.h>

#include <cstdint>
#include <cstring>

namespace violet {

// The flags of a descriptor.
inline constexpr unsigned char kFileIsOpen = 0x01;
inline constexpr unsigned char kFileIsPipe = 0x08;
inline constexpr unsigned char kFileIsDevice = 0x40;

// Reads a block; one that contradicts itself has no descriptors.
class InheritedFiles {
 public:
  InheritedFiles(const unsigned char* block, std::size_t size) : block_(block) {
    if (block == nullptr || size < sizeof(std::uint32_t)) return;
    std::uint32_t count = 0;
    std::memcpy(&count, block, sizeof(count));
    if ((size - sizeof(count)) / (1 + sizeof(HANDLE)) >= count) count_ = count;
  }

  unsigned count() const { return count_; }
  unsigned char flags(unsigned index) const { return block_[sizeof(std::uint32_t) + index]; }
  HANDLE handle(unsigned index) const {
    HANDLE handle;
    std::memcpy(&handle, block_ + sizeof(std::uint32_t) + count_ + index * sizeof(HANDLE),
                sizeof(handle));
    return handle;
  }

 private:
  const unsigned char* block_;
  std::uint32_t count_ = 0;
};

}  // namespace violet
