// The watches of one loop: one system watcher, one watch per file, any number of subscribers each.
// How the system watches is hidden in os/file_watch.h.
#pragma once

#include "core/loop.h"
#include "os/file_watch.h"

namespace violet {

struct FileWatch;

struct FileSubscriber;

struct FileSubscriberKind {
  // The notice's name is valid during the call only. The call may unsubscribe anybody.
  void (*notify)(FileSubscriber& subscriber, const FileNotice& notice);
  // The file's path now, for watching it anew after fork(2). May fail for want of memory: null.
  Owned<char> (*path)(FileSubscriber& subscriber);
};

// Somebody who wants to hear of one watched file. Linked to its watch, even when that has ended,
// until it unsubscribes.
struct FileSubscriber {
  ListNode link;
  FileWatch* watch;
  const FileSubscriberKind* kind;
};

// 0 or a negative UV_E*. The subscriber's kind must be set.
int subscribe(Loop& loop, FileSubscriber& subscriber, const char* path, WatchKind kind);
// Another subscriber of the same kind to the same file for which
// `belongs(other, context)` holds; null when there is none.
FileSubscriber* find_fellow(const FileSubscriber& subscriber,
                            bool (*belongs)(FileSubscriber& other, void* context), void* context);
// Harmless for one that is not subscribed.
void unsubscribe(Loop& loop, FileSubscriber& subscriber);

}  // namespace violet
