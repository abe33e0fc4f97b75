// VIOLET_URING_FORBID=NAME,NAME...: what this process is to do without although the kernel offers
// it, by the names that `violet doctor` prints. For tests of every fallback, and as a remedy where
// a kernel's feature turns out to be broken.
#pragma once

#include <cstddef>

namespace violet {

// Every name that can be forbidden: features, and the opcodes without which there is no engine.
constexpr const char* kForbiddableNames[] = {
    "single issuer",
    "deferred work",
    "cooperative work",
    "multishot receive",
    "incremental buffers",
    "multishot receive of datagrams",
    "file reads",
    "idle waits are not disk wait",
    "poll",
    "cancel",
    "send",
    "sendmsg",
};

class ForbiddenNames {
 public:
  // `list` may be null. The list is referred to, not copied.
  constexpr explicit ForbiddenNames(const char* list) : list_(list == nullptr ? "" : list) {}

  bool contains(const char* name) const;
  // Calls visit(text, length) for each entry that is none of kForbiddableNames.
  template <typename Visit>
  void for_each_unknown(Visit visit) const {
    for (Entry entry = next(list_); entry.text != nullptr; entry = next(entry.rest)) {
      if (entry.length > 0 && !is_known(entry)) visit(entry.text, entry.length);
    }
  }

 private:
  struct Entry {
    const char* text;  // null: there is no more
    std::size_t length;
    const char* rest;
  };
  static Entry next(const char* list);
  static bool names(const Entry& entry, const char* name);
  static bool is_known(const Entry& entry);

  const char* list_;
};

}  // namespace violet
