#include "os/windows/file_lock.h"

namespace violet {
namespace {

constexpr std::size_t kMutexes = 64;

Mutex mutexes[kMutexes];

// Handles are multiples of 4. Files that share a mutex wait for each other, no more.
Mutex& mutex_of(HANDLE file) {
  return mutexes[reinterpret_cast<std::uintptr_t>(file) / 4 % kMutexes];
}

}  // namespace

PositionLock::PositionLock(HANDLE file, bool keep)
    : file_(file), mutex_(mutex_of(file)), position_(), keep_(keep) {
  mutex_.lock();
  if (keep_) keep_ = SetFilePointerEx(file_, LARGE_INTEGER(), &position_, FILE_CURRENT) != 0;
}

PositionLock::~PositionLock() {
  if (keep_) SetFilePointerEx(file_, position_, nullptr, FILE_BEGIN);
  mutex_.unlock();
}

}  // namespace violet
