#pragma once

#include "core/loop.h"
#include "core/public_layout.h"

namespace violet {

// The descriptor is the user's; it is never closed here.
struct Poll {
  using Public = uv_poll_t;

  Handle handle;
  unsigned char unused[kHandleRoom];
  HandleTail tail;
  uv_poll_cb callback;
  Channel channel;
};

static_assert(offsetof(Poll, tail) == kHandleTailOffset);
static_assert(offsetof(Poll, callback) == offsetof(uv_poll_t, poll_cb));
static_assert(watcher_in_place<Poll>());

// 0, UV_EPERM for a regular file, UV_EEXIST while this loop watches the descriptor, or UV_EBADF.
int init_poll(Loop& loop, uv_poll_t* poll, Descriptor descriptor);
// `events` is of uv_poll_event; 0 stops.
int start(Poll& poll, int events, uv_poll_cb callback);
void stop(Poll& poll);

}  // namespace violet
