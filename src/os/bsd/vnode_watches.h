// The files and folders that are watched by a descriptor each (EVFILT_VNODE): the engine hears of
// them, and here it is found out what that means.
#pragma once

#include <sys/types.h>

#include "base/array.h"
#include "os/bsd/file_notes.h"
#include "os/bsd/folder_listing.h"
#include "os/bsd/notice_list.h"
#include "os/file_watch.h"

namespace violet {

class VnodeWatches {
 public:
  VnodeWatches() = default;
  VnodeWatches(const VnodeWatches&) = delete;
  VnodeWatches& operator=(const VnodeWatches&) = delete;
  ~VnodeWatches();

  // 0 or a negative UV_E*. The same file has the same watch, under whatever name, and `id` is not
  // used then.
  int add(const char* path, WatchKind kind, WatchId id, AddedWatch& added);
  // Its descriptor is watched from now on: what a folder has in it is remembered.
  int begin(WatchId id);
  void remove(WatchId id);
  void tell(WatchId id, FileNotes notes, NoticeList& notices);

 private:
  struct Watch {
    WatchId id;
    dev_t device;
    ino_t inode;
    Descriptor descriptor;   // the watch's own
    FolderListing* listing;  // null for a file
  };

  // Null when there is none.
  Watch* find(WatchId id);
  const Watch* find_file(dev_t device, ino_t inode) const;

  Array<Watch> watches_;  // by id
};

}  // namespace violet
