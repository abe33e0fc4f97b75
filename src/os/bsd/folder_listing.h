// The names in a folder at one moment, and how two moments differ.
#pragma once

#include <cstdint>

#include "base/array.h"
#include "os/bsd/notice_list.h"
#include "os/descriptor.h"

namespace violet {

class FolderListing {
 public:
  // Of an open folder. 0 or a negative UV_E*; what was in the listing before is gone then, too.
  int read(Descriptor folder);

  // What became of the entries from `before` to `after`: first those that are gone, then those that
  // are new, so that a renamed folder leaves its old name before it appears under the new one. An
  // entry that was replaced by another is told as one that changed its name.
  static void tell_differences(const FolderListing& before, const FolderListing& after,
                               WatchId watch, NoticeList& notices);

 private:
  struct Entry {
    std::uint64_t inode;
    std::size_t name;  // where it begins in `names_`
    bool is_folder;
  };

  int read_entries(Descriptor folder);
  int add(const char* name, std::uint64_t inode, bool is_folder);
  const char* name_of(const Entry& entry) const { return names_.data() + entry.name; }
  // Null when there is none of that name.
  const Entry* find(const char* name) const;

  void tell_gone(const FolderListing& after, WatchId watch, NoticeList& notices) const;
  void tell_new(const FolderListing& before, WatchId watch, NoticeList& notices) const;

  Array<char> names_;
  Array<Entry> entries_;  // by name
};

}  // namespace violet
