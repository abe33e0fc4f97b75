#include "os/linux/local_file_systems.h"

#include <atomic>
#include <cstddef>

namespace violet {
namespace {

// Most processes meet a handful. What finds no place is never local.
constexpr std::size_t kMaxKnown = 64;

// 0 while free, else the device, and in the lowest bit whether it is local. Filled in order, and
// never changed again: a device number comes back only after its file system was unmounted.
std::atomic<std::uint64_t> known[kMaxKnown];

constexpr std::uint64_t kLocal = 1;
constexpr std::uint64_t kTaken = std::uint64_t{1} << 63;

constexpr std::uint64_t entry_of(std::uint64_t device) {
  return kTaken | device << 1;
}

// From linux/magic.h and the file systems' sources.
constexpr std::uint64_t kLocalTypes[] = {
    0xef53,      // ext2, ext3, ext4
    0x58465342,  // xfs
    0x9123683e,  // btrfs
    0x01021994,  // tmpfs
    0x858458f6,  // ramfs
    0x794c7630,  // overlayfs
    0xf2f52010,  // f2fs
    0x4d44,      // vfat
    0x73717368,  // squashfs
    0xe0f5e1e2,  // erofs
    0x9660,      // iso9660
    0x50495045,  // pipes
    0x534f434b,  // sockets
};

bool is_local_type(std::uint64_t type) {
  for (std::uint64_t local : kLocalTypes) {
    if (type == local) return true;
  }
  return false;
}

// The device's entry, or 0.
std::uint64_t find(std::uint64_t device) {
  for (const std::atomic<std::uint64_t>& entry : known) {
    std::uint64_t value = entry.load(std::memory_order_relaxed);
    if (value == 0 || (value & ~kLocal) == entry_of(device)) return value;
  }
  return 0;
}

}  // namespace

bool is_known_file_system(std::uint64_t device) {
  return find(device) != 0;
}

bool is_local_file_system(std::uint64_t device) {
  return (find(device) & kLocal) != 0;
}

void note_file_system(std::uint64_t device, std::uint64_t type) {
  const std::uint64_t value = entry_of(device) | (is_local_type(type) ? kLocal : 0);
  for (std::atomic<std::uint64_t>& entry : known) {
    std::uint64_t there = 0;
    if (entry.compare_exchange_strong(there, value, std::memory_order_relaxed)) return;
    if ((there & ~kLocal) == entry_of(device)) return;
  }
}

}  // namespace violet
