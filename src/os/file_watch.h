// The system's notices of change in files and directories. Systems differ in three things, which
// this interface leaves to them:
//
//                            Linux                BSD, macOS             Windows
//   notices come from        one descriptor       a descriptor for       a descriptor for
//                                                 each watch             each watch
//   and are got by           reading it           comparing the folder   taking what the engine
//                                                 with its last listing  received ahead
//   a watch sees             one directory        one directory          the whole tree, if asked
//   to
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/array.h"
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
inline constexpr FileChanges kNoticesLost = 32;  // too many at once; stands alone

struct FileNotice {
  WatchId watch;  // kNoWatch: of all watches (kNoticesLost)
  FileChanges changes;
  // An entry below a watched directory; null: the watched file itself. Where the system knows what
  // is watched by its name only, that name.
  const char* name;
};

// The watches of one loop.
struct FileWatcher;

// 0 or a negative UV_E*.
int open_file_watcher(FileWatcher*& watcher);
// Ends all of its watches. Null is allowed.
void close_file_watcher(FileWatcher* watcher);
// Reports the notices of all watches; kNoDescriptor where each watch has one of its own.
Descriptor watcher_descriptor(const FileWatcher& watcher);

enum class WatchKind : std::uint8_t {
  kAny,           // a symbolic link is followed
  kTree,          // as kAny, with all that lies below; only where watches_trees()
  kFolderInTree,  // UV_ENOTDIR for anything but a directory, UV_ELOOP or UV_ENOTDIR for links
};
// Whether a watch can see the whole tree below a directory. Where it cannot, the caller watches
// every directory of the tree.
bool watches_trees();

struct AddedWatch {
  WatchId id;             // the same one for the same file, where one watch serves both
  Descriptor descriptor;  // reports this watch's notices; kNoDescriptor where the watcher's does
};
// 0 or a negative UV_E*.
int add_file_watch(FileWatcher& watcher, const char* path, WatchKind kind, AddedWatch& added);
// To be called once the engine watches the watch's descriptor, if it has one: changes are reported
// from now on. 0 or a negative UV_E*.
int begin_file_watch(FileWatcher& watcher, WatchId watch);
// Closes its descriptor. Also after kWatchEnded if the watch has a descriptor of its own.
void remove_file_watch(FileWatcher& watcher, WatchId watch);

// What to report to a program in place of kNoticesLost: all changes that may have happened, or what
// programs of this system are used to.
FileChanges changes_after_loss();

// Some notices, got in one go.
class FileNoticeBatch {
 public:
  // Where the caller puts what the engine has received ahead on the descriptor, before it calls
  // get().
  void* room() { return bytes_; }
  static constexpr std::size_t room_size() { return kSize; }

  // Gets what a descriptor has reported: the watcher's (`watch` is kNoWatch) or that of a watch.
  // `received`: how many bytes the engine put into the room. False when there is nothing.
  bool get(FileWatcher& watcher, WatchId watch, std::size_t received);
  // False at the end. The name is valid until the next call, and as long as the batch.
  bool next(FileNotice& notice);

 private:
  static constexpr std::size_t kSize = 16384;

  std::size_t size_ = 0;
  std::size_t position_ = 0;
  Array<char> found_;  // where notices are found out by comparing: these
  alignas(8) char bytes_[kSize];
};

}  // namespace violet
