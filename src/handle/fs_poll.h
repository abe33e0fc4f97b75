// Watching a file by asking for its status again and again, on the thread pool.
#pragma once

#include "core/loop.h"

namespace violet {

struct FsPollRound;

struct FsPoll {
  using Public = uv_fs_poll_t;

  Handle handle;
  std::size_t requests;  // under way, of any round; the handle is not closed before they are over
  unsigned char unused[kHandleRoom - sizeof(std::size_t)];
  HandleTail tail;
  // What the handle does now; null: stopped. Rounds that were stopped while their status request
  // was under way live until it is over.
  FsPollRound* current;
};

static_assert(offsetof(FsPoll, tail) == kHandleTailOffset);

void init_fs_poll(Loop& loop, uv_fs_poll_t* poll);
int start(FsPoll& poll, uv_fs_poll_cb callback, const char* path, unsigned int interval_ms);
void stop(FsPoll& poll);
// Null when it is not active.
const char* polled_path(const FsPoll& poll);

}  // namespace violet
