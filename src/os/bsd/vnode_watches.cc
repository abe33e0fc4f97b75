#include "os/bsd/vnode_watches.h"

#include <sys/stat.h>

#include <algorithm>

#include "base/error.h"
#include "os/bsd/watched_path.h"

namespace violet {
namespace {

bool has(FileNotes notes, FileNotes bits) {
  return (notes & bits) != 0;
}

// A file may have lost one of several names.
bool is_gone(Descriptor file, FileNotes notes) {
  if (has(notes, NOTE_REVOKE)) return true;
  if (!has(notes, NOTE_DELETE)) return false;
  struct stat status;
  return fstat(file.native(), &status) != 0 || S_ISDIR(status.st_mode) || status.st_nlink == 0;
}

void tell_of_file(WatchId watch, Descriptor file, FileNotes notes, NoticeList& notices) {
  const bool gone = is_gone(file, notes);
  const bool lost_name = has(notes, NOTE_DELETE) && !gone;
  if (has(notes, kContentNotes | NOTE_ATTRIB) || lost_name ||
      (has(notes, NOTE_LINK) && !has(notes, NOTE_DELETE))) {
    notices.add(watch, kContentChanged, nullptr);
  }
  if (gone) {
    notices.add(watch, kNameChanged | kWatchEnded, nullptr);
  } else if (has(notes, NOTE_RENAME)) {
    notices.add(watch, kNameChanged, nullptr);
  }
}

// What a folder's own size and links tell is told by the names in it.
constexpr FileNotes kOfFolderItself = NOTE_ATTRIB | kNameNotes;

int compare(WatchId watch, Descriptor folder, FolderListing*& listing, NoticeList& notices) {
  FolderListing* now = create<FolderListing>();
  if (now == nullptr) return UV_ENOMEM;
  if (int error = now->read(folder); error != 0) {
    destroy(now);
    return error;
  }
  FolderListing::tell_differences(*listing, *now, watch, notices);
  destroy(listing);
  listing = now;
  return 0;
}

}  // namespace

VnodeWatches::~VnodeWatches() {
  while (!watches_.empty())
    remove(watches_.back().id);
}

int VnodeWatches::add(const char* path, WatchKind kind, WatchId id, AddedWatch& added) {
  OwnedDescriptor descriptor;
  if (int error = open_watched(path, kind, descriptor); error != 0) return error;
  struct stat status;
  if (fstat(descriptor.get().native(), &status) != 0) return last_error();
  if (const Watch* known = find_file(status.st_dev, status.st_ino); known != nullptr) {
    added = {known->id, known->descriptor};
    return 0;
  }
  Watch watch = {id, status.st_dev, status.st_ino, descriptor.get(), nullptr};
  if (!watches_.reserve_one_more()) return UV_ENOMEM;
  if (S_ISDIR(status.st_mode)) {
    watch.listing = create<FolderListing>();
    if (watch.listing == nullptr) return UV_ENOMEM;
  }
  watches_.push_back(watch);
  added = {id, descriptor.take()};
  return 0;
}

int VnodeWatches::begin(WatchId id) {
  Watch* watch = find(id);
  return watch == nullptr || watch->listing == nullptr ? 0
                                                       : watch->listing->read(watch->descriptor);
}

void VnodeWatches::remove(WatchId id) {
  Watch* watch = find(id);
  if (watch == nullptr) return;
  destroy(watch->listing);
  close_descriptor(watch->descriptor);
  std::move(watch + 1, watches_.data() + watches_.size(), watch);
  watches_.pop_back();
}

void VnodeWatches::tell(WatchId id, FileNotes notes, NoticeList& notices) {
  Watch* watch = find(id);
  if (watch == nullptr) return;
  if (watch->listing == nullptr) return tell_of_file(id, watch->descriptor, notes, notices);
  // A folder that is gone has nothing in it any more.
  if (has(notes, ~kOfFolderItself) || has(notes, kNameNotes)) {
    const int error = compare(id, watch->descriptor, watch->listing, notices);
    if (error != 0 && !has(notes, kNameNotes)) notices.add(id, kNoticesLost, nullptr);
  }
  tell_of_file(id, watch->descriptor, notes & kOfFolderItself, notices);
}

VnodeWatches::Watch* VnodeWatches::find(WatchId id) {
  Watch* end = watches_.data() + watches_.size();
  Watch* found = std::lower_bound(watches_.data(), end, id,
                                  [](const Watch& watch, WatchId key) { return watch.id < key; });
  return found != end && found->id == id ? found : nullptr;
}

const VnodeWatches::Watch* VnodeWatches::find_file(dev_t device, ino_t inode) const {
  for (std::size_t i = 0; i < watches_.size(); ++i) {
    const Watch& watch = watches_[i];
    if (watch.inode == inode && watch.device == device) return &watch;
  }
  return nullptr;
}

}  // namespace violet
