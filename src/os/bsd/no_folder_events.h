// Systems whose folders are watched by kqueue alone.
#pragma once

#include "os/bsd/notice_list.h"
#include "os/file_watch.h"

namespace violet {

class FolderEvents {
 public:
  static bool are_there() { return false; }

  int open() { return 0; }
  Descriptor descriptor() const { return kNoDescriptor; }
  bool can_watch(const char*) const { return false; }
  int add(const char*, WatchKind, WatchId) { return UV_ENOTSUP; }
  void remove(WatchId) {}
  void tell(NoticeList&) {}
};

}  // namespace violet
