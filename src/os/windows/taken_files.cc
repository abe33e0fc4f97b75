#include "os/windows/taken_files.h"

#include <io.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "base/allocator.h"
#include "os/descriptor.h"
#include "uv.h"

namespace violet {
namespace {

struct TakenFile {
  HANDLE handle;
  uv_file file;
  TakenFile* next;
};

// The C library has no more than some thousands of them.
constexpr std::size_t kBuckets = 256;
TakenFile* buckets[kBuckets];
SRWLOCK lock = SRWLOCK_INIT;
// Most programs take none, and then closing does not look for any.
std::atomic<std::size_t> count{0};

TakenFile** bucket_of(HANDLE handle) {
  return &buckets[(reinterpret_cast<std::uintptr_t>(handle) >> 2) % kBuckets];
}

// Null if there is none.
template <typename Wanted>
TakenFile* remove_first(HANDLE handle, Wanted is_wanted) {
  AcquireSRWLockExclusive(&lock);
  TakenFile** place = bucket_of(handle);
  while (*place != nullptr && !((*place)->handle == handle && is_wanted(**place)))
    place = &(*place)->next;
  TakenFile* found = *place;
  if (found != nullptr) {
    *place = found->next;
    count.fetch_sub(1, std::memory_order_relaxed);
  }
  ReleaseSRWLockExclusive(&lock);
  return found;
}

HANDLE handle_of(uv_file file) {
  return reinterpret_cast<HANDLE>(_get_osfhandle(file));
}

}  // namespace

int take_over_file(uv_file file) {
  const Descriptor descriptor = descriptor_of_file(file);
  if (!descriptor.is_open()) return 0;
  TakenFile* taken = create<TakenFile>();
  if (taken == nullptr) return UV_ENOMEM;
  taken->handle = system_handle(descriptor);
  taken->file = file;
  AcquireSRWLockExclusive(&lock);
  TakenFile** bucket = bucket_of(taken->handle);
  taken->next = *bucket;
  *bucket = taken;
  count.fetch_add(1, std::memory_order_relaxed);
  ReleaseSRWLockExclusive(&lock);
  return 0;
}

void give_back_file(uv_file file) {
  const Descriptor descriptor = descriptor_of_file(file);
  if (!descriptor.is_open()) return;
  destroy(remove_first(system_handle(descriptor),
                       [&](const TakenFile& taken) { return taken.file == file; }));
}

bool close_taken_file(HANDLE handle) {
  if (count.load(std::memory_order_relaxed) == 0) return false;
  TakenFile* taken = remove_first(handle, [](const TakenFile&) { return true; });
  if (taken == nullptr) return false;
  const bool is_still_its = handle_of(taken->file) == handle;
  if (is_still_its) _close(taken->file);
  destroy(taken);
  return is_still_its;
}

}  // namespace violet
