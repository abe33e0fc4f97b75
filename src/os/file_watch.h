// The system's notices of change in files and directories: inotify(7) on Linux.
#pragma once

#include <cstddef>
#include <cstdint>

#include "os/descriptor.h"

namespace violet {

using WatchId = int;
inline constexpr WatchId kNoWatch = -1;

// A set of bits.
using FileChanges = std::uint32_t;
inline constexpr FileChanges kContentChanged = 1;  // or attributes
inline constexpr FileChanges kNameChanged = 2;     // appeared, disappeared or was renamed
inline constexpr FileChanges kFolderAppeared = 4;
inline constexpr FileChanges kFolderMovedAway = 8;
inline constexpr FileChanges kWatchEnded = 16;   // what was watched is gone
inline constexpr FileChanges kNoticesLost = 32;  // too many at once; belongs to no watch

struct FileNotice {
  WatchId watch;
  FileChanges changes;
  const char* name;  // the entry of a watched directory; null: the watched file itself
};

// The descriptor is readable while there are notices. A negative UV_E* instead of it is an error.
Descriptor open_file_watcher();
void close_file_watcher(Descriptor watcher);

enum class WatchKind : std::uint8_t {
  kAny,          // a symbolic link is followed
  kFolderInTree  // UV_ENOTDIR for anything but a directory, UV_ELOOP or UV_ENOTDIR for links
};
// The watch's id, the same one for the same file; or a negative UV_E*.
WatchId add_file_watch(Descriptor watcher, const char* path, WatchKind kind);
void remove_file_watch(Descriptor watcher, WatchId watch);

// Some notices, read in one go.
class FileNoticeBatch {
 public:
  // False when there are none.
  bool read_from(Descriptor watcher);
  // False at the end. The name is valid as long as the batch.
  bool next(FileNotice& notice);

 private:
  static constexpr std::size_t kSize = 16384;

  std::size_t size_ = 0;
  std::size_t position_ = 0;
  alignas(8) char bytes_[kSize];
};

}  // namespace violet
