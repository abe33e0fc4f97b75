// Watching files on the BSDs and macOS. Each watch has a descriptor of its own, which the engine
// hands over what the kernel noted of; on macOS folders are watched by the system's own service for
// that where it is there.
#include "os/file_watch.h"

#include <climits>

#include "base/allocator.h"
#include "os/bsd/folder_events.h"
#include "os/bsd/vnode_watches.h"

namespace violet {

struct FileWatcher {
  VnodeWatches files;
  FolderEvents folders;
  // Counted up, so that no notice under way finds another watch.
  WatchId next_id = 0;
};

int open_file_watcher(FileWatcher*& watcher) {
  FileWatcher* opened = create<FileWatcher>();
  if (opened == nullptr) return UV_ENOMEM;
  if (int error = opened->folders.open(); error != 0) {
    destroy(opened);
    return error;
  }
  watcher = opened;
  return 0;
}

void close_file_watcher(FileWatcher* watcher) {
  destroy(watcher);
}

Descriptor watcher_descriptor(const FileWatcher& watcher) {
  return watcher.folders.descriptor();
}

bool watches_trees() {
  return FolderEvents::are_there();
}

int add_file_watch(FileWatcher& watcher, const char* path, WatchKind kind, AddedWatch& added) {
  if (watcher.next_id == INT_MAX) return UV_ENOSPC;
  const WatchId id = watcher.next_id++;
  if (kind != WatchKind::kFolderInTree && watcher.folders.can_watch(path)) {
    added = {id, kNoDescriptor};
    const int error = watcher.folders.add(path, kind, id);
    // A folder without what lies below it can be watched by other means.
    if (error == 0 || kind == WatchKind::kTree) return error;
  }
  return watcher.files.add(path, kind, id, added);
}

int begin_file_watch(FileWatcher& watcher, WatchId watch) {
  return watcher.files.begin(watch);
}

void remove_file_watch(FileWatcher& watcher, WatchId watch) {
  watcher.folders.remove(watch);
  watcher.files.remove(watch);
}

FileChanges changes_after_loss() {
  return kContentChanged | kNameChanged;
}

bool FileNoticeBatch::get(FileWatcher& watcher, WatchId watch, std::size_t received) {
  NoticeList notices(found_);
  position_ = 0;
  if (watch == kNoWatch) {
    watcher.folders.tell(notices);
  } else if (received == sizeof(FileNotes)) {
    FileNotes notes = 0;
    std::memcpy(&notes, bytes_, sizeof(notes));
    watcher.files.tell(watch, notes, notices);
  }
  size_ = found_.size();
  if (notices.has_lost()) {
    // Behind the others.
    const FileNotice loss = {watch, kNoticesLost, nullptr};
    std::memcpy(bytes_, &loss, sizeof(loss));
    ++size_;
  }
  return size_ > 0;
}

bool FileNoticeBatch::next(FileNotice& notice) {
  if (NoticeList(found_).next(position_, notice)) return true;
  if (position_ >= size_) return false;
  position_ = size_;
  std::memcpy(&notice, bytes_, sizeof(notice));
  return true;
}

}  // namespace violet
