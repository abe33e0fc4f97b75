// The position of open files.
#pragma once

#include <windows.h>

#include <cstdint>

#include "os/thread.h"

namespace violet {

// Reading and writing at an offset moves the position of a file here, and nobody else must see
// that. Whoever transfers holds this, which puts the position back at the end if asked to. The
// system does one transfer of a file at a time anyway.
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
