// Opening what is to be watched.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>

#include "os/file_watch.h"
#include "os/posix/opened.h"
#include "os/posix/repeat.h"

namespace violet {

// macOS opens a file for its events alone, which needs no right to read it, keeps no disk from
// being unmounted, and disturbs no FIFO.
#ifdef O_EVTONLY
inline constexpr int kForEvents = O_EVTONLY;
#else
inline constexpr int kForEvents = O_RDONLY | O_NONBLOCK | O_NOCTTY;
#endif

// 0 or a negative UV_E*.
inline int open_watched(const char* path, WatchKind kind, OwnedDescriptor& opened) {
  int flags = kForEvents | O_CLOEXEC;
  if (kind == WatchKind::kFolderInTree) flags |= O_DIRECTORY | O_NOFOLLOW;
  const int number = repeat_int([&] { return open(path, flags); });
  if (number >= 0) {
    opened = OwnedDescriptor(Descriptor::of(number));
    return 0;
  }
  // The systems have four different errors for a link that is not to be followed.
  struct stat status;
  const bool is_link =
      kind == WatchKind::kFolderInTree && lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
  return is_link ? UV_ELOOP : number;
}

}  // namespace violet
