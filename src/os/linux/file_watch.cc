#include "os/file_watch.h"

#include <sys/inotify.h>
#include <unistd.h>

#include "base/allocator.h"
#include "os/posix/opened.h"
#include "os/posix/repeat.h"

namespace violet {

// One inotify(7) descriptor. It counts the watches itself.
struct FileWatcher {
  OwnedDescriptor descriptor;
};

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

int open_file_watcher(FileWatcher*& watcher) {
  OwnedDescriptor descriptor;
  const int error = take_opened(inotify_init1(IN_CLOEXEC | IN_NONBLOCK), descriptor);
  if (error != 0) return error;
  watcher = create<FileWatcher>();
  if (watcher == nullptr) return UV_ENOMEM;
  watcher->descriptor = std::move(descriptor);
  return 0;
}

void close_file_watcher(FileWatcher* watcher) {
  if (watcher == nullptr) return;
  destroy(watcher);
}

Descriptor watcher_descriptor(const FileWatcher& watcher) {
  return watcher.descriptor.get();
}

bool watches_trees() {
  return false;
}

int add_file_watch(FileWatcher& watcher, const char* path, WatchKind kind, AddedWatch& added) {
  std::uint32_t mask = kContentBits | kNameBits;
  if (kind == WatchKind::kFolderInTree) mask |= IN_ONLYDIR | IN_DONT_FOLLOW;
  int id = static_cast<int>(
      repeat([&] { return inotify_add_watch(watcher.descriptor.get().native(), path, mask); }));
  if (id < 0) return id;
  added = {id, kNoDescriptor};
  return 0;
}

int begin_file_watch(FileWatcher&, WatchId) {
  return 0;
}

void remove_file_watch(FileWatcher& watcher, WatchId watch) {
  inotify_rm_watch(watcher.descriptor.get().native(), watch);
}

FileChanges changes_after_loss() {
  return kContentChanged | kNameChanged;
}

bool FileNoticeBatch::get(FileWatcher& watcher, WatchId, std::size_t) {
  std::int64_t got = repeat([&] { return read(watcher.descriptor.get().native(), bytes_, kSize); });
  size_ = got > 0 ? static_cast<std::size_t>(got) : 0;
  position_ = 0;
  return size_ > 0;
}

bool FileNoticeBatch::next(FileNotice& notice) {
  if (position_ >= size_) return false;
  const inotify_event& event = *reinterpret_cast<const inotify_event*>(bytes_ + position_);
  position_ += sizeof(event) + event.len;
  // The kernel has -1 for the watch of a loss: nobody knows whose notices it dropped.
  static_assert(kNoWatch == -1);
  notice = {event.wd, changes_of(event.mask), event.len > 0 ? event.name : nullptr};
  return true;
}

}  // namespace violet
