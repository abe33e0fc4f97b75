#include "os/file_watch.h"

#include <sys/inotify.h>
#include <unistd.h>

#include "os/posix/repeat.h"

namespace violet {
namespace {

constexpr std::uint32_t kContentBits = IN_ATTRIB | IN_MODIFY;
constexpr std::uint32_t kNameBits =
    IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_MOVED_FROM | IN_MOVED_TO;

bool has(std::uint32_t mask, std::uint32_t bits) {
  return (mask & bits) != 0;
}

FileChanges changes_of(std::uint32_t mask) {
  if (has(mask, IN_Q_OVERFLOW)) return kNoticesLost;
  FileChanges changes = 0;
  if (has(mask, kContentBits)) changes |= kContentChanged;
  // All the rest, the end of the watch and the mark of a directory too: programs written for libuv
  // know it so.
  if (has(mask, ~kContentBits)) changes |= kNameChanged;
  if (has(mask, IN_ISDIR) && has(mask, IN_CREATE | IN_MOVED_TO)) changes |= kFolderAppeared;
  if (has(mask, IN_ISDIR) && has(mask, IN_MOVED_FROM)) changes |= kFolderMovedAway;
  if (has(mask, IN_IGNORED)) changes |= kWatchEnded;
  return changes;
}

}  // namespace

Descriptor open_file_watcher() {
  return static_cast<Descriptor>(repeat([] { return inotify_init1(IN_CLOEXEC | IN_NONBLOCK); }));
}

void close_file_watcher(Descriptor watcher) {
  close(watcher);
}

WatchId add_file_watch(Descriptor watcher, const char* path, WatchKind kind) {
  std::uint32_t mask = kContentBits | kNameBits;
  if (kind == WatchKind::kFolderInTree) mask |= IN_ONLYDIR | IN_DONT_FOLLOW;
  return static_cast<WatchId>(repeat([&] { return inotify_add_watch(watcher, path, mask); }));
}

void remove_file_watch(Descriptor watcher, WatchId watch) {
  inotify_rm_watch(watcher, watch);
}

bool FileNoticeBatch::read_from(Descriptor watcher) {
  std::int64_t got = repeat([&] { return read(watcher, bytes_, kSize); });
  size_ = got > 0 ? static_cast<std::size_t>(got) : 0;
  position_ = 0;
  return size_ > 0;
}

bool FileNoticeBatch::next(FileNotice& notice) {
  if (position_ >= size_) return false;
  const inotify_event& event = *reinterpret_cast<const inotify_event*>(bytes_ + position_);
  position_ += sizeof(event) + event.len;
  notice = {event.wd, changes_of(event.mask), event.len > 0 ? event.name : nullptr};
  return true;
}

}  // namespace violet
