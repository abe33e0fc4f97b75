// The position of open files.
#pragma once

#include <windows.h>

#include <cstdint>

#include "os/thread.h"

namespace violet {

// On Windows, reading and writing at an offset moves the position of the file, which nobody else
// must see. So every transfer holds this lock, which restores the position at the end if asked to.
// The system makes one transfer of a file at a time anyway.
class PositionLock {
 public:
  PositionLock(HANDLE file, bool keep);
  ~PositionLock();
  PositionLock(const PositionLock&) = delete;
  PositionLock& operator=(const PositionLock&) = delete;

 private:
  HANDLE file_;
  Mutex& mutex_;
  LARGE_INTEGER position_;
  bool keep_;
};

}  // namespace violet
