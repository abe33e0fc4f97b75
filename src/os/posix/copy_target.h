// The file that uv_fs_copyfile() writes: opening it, what it keeps of its source, and removing it
// again.
#pragma once

#include <sys/stat.h>

#include "os/descriptor.h"

namespace violet {

struct CopyTarget {
  OwnedDescriptor owned;
  struct stat status;  // before the copy
  bool made;           // by this call

  int file() const { return owned.get().native(); }
};

// 0, or a negative UV_E*. An existing target is left as it is, and may be the source itself.
// UV_EINVAL for devices and FIFOs, which are not even opened: that alone may do something.
int open_copy_target(const char* path, bool must_be_new, mode_t mode, CopyTarget& target);

// Gives the file the mode, owner and times of the source, as far as it is allowed.
int keep_attributes(int file, const struct stat& source);

// A copy that failed leaves nothing of what it made, and everything that it found.
void remove_if_made(const char* path, const CopyTarget& target);

}  // namespace violet
