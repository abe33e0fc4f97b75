// Notices of change that were found in one go, as bytes.
#pragma once

#include <cstring>

#include "base/array.h"
#include "os/file_watch.h"

namespace violet {

class NoticeList {
 public:
  explicit NoticeList(Array<char>& bytes) : bytes_(bytes) {}

  // The name may be null, for the watched file itself.
  void add(WatchId watch, FileChanges changes, const char* name) {
    const Head head = {watch, changes, name == nullptr ? 0 : std::strlen(name) + 1};
    const std::size_t before = bytes_.size();
    if (bytes_.append(reinterpret_cast<const char*>(&head), sizeof(head)) &&
        (name == nullptr || bytes_.append(name, head.name_size))) {
      return;
    }
    while (bytes_.size() > before)
      bytes_.pop_back();
    lost_ = true;
  }
  // Those of another list.
  void add_all(const Array<char>& others) {
    if (!bytes_.append(others.data(), others.size())) lost_ = true;
  }
  // Whether memory was out for one of them.
  bool has_lost() const { return lost_; }

  // The notice at `position`, which moves on; false at the end. Its name lies in the list.
  bool next(std::size_t& position, FileNotice& notice) const {
    if (position >= bytes_.size()) return false;
    Head head;
    std::memcpy(&head, bytes_.data() + position, sizeof(head));
    position += sizeof(head);
    notice = {head.watch, head.changes, head.name_size == 0 ? nullptr : bytes_.data() + position};
    position += head.name_size;
    return true;
  }

 private:
  struct Head {
    WatchId watch;
    FileChanges changes;
    std::size_t name_size;  // with its terminator; 0: no name
  };

  Array<char>& bytes_;
  bool lost_ = false;
};

}  // namespace violet
