#pragma once

#include "core/loop.h"
#include "handle/file_watches.h"

namespace violet {

struct WatchTree;

struct FsEvent {
  using Public = uv_fs_event_t;

  Handle handle;
  uv_fs_event_cb callback;
  WatchTree* tree;    // the directories below it, with UV_FS_EVENT_RECURSIVE; see watches_trees()
  std::size_t stops;  // counted, so that a callback's caller sees that all has changed
  HandleTail tail;
  char* path;
  FileSubscriber subscriber;  // to the path itself
};

static_assert(offsetof(FsEvent, tail) == kHandleTailOffset);

template <typename Public>
constexpr bool watched_path_in_place() {
  if constexpr (requires(Public event) { event.path; }) {
    static_assert(offsetof(FsEvent, path) == offsetof(Public, path));
  }
  return true;
}
static_assert(watched_path_in_place<uv_fs_event_t>());

void init_fs_event(Loop& loop, uv_fs_event_t* event);
int start(FsEvent& event, uv_fs_event_cb callback, const char* path, unsigned int flags);
void stop(FsEvent& event);

// Runs the callback. False when it stopped or closed the handle: then nothing of it is left.
bool report(FsEvent& event, const char* name, int events, int status);

}  // namespace violet
