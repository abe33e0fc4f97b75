// What the dentry cache knows, by openat2(2) with RESOLVE_CACHED.
#pragma once

#include <uv.h>

#include "os/descriptor.h"

namespace violet {

// Opens a mere path, so that nothing happens to the file: no FIFO waits for its other end, no
// device notices. `flags` go beside O_PATH. 0; UV_EAGAIN where the cache cannot tell; an error that
// stands in the name itself.
int open_cached_path(const char* path, int flags, OwnedDescriptor& opened);

// Opens the file itself, without waiting for whoever has a lease (fcntl(2)) on it. O_NONBLOCK is
// set in the descriptor. 0 or UV_EAGAIN.
int open_at_once(const char* path, int flags, OwnedDescriptor& opened);

// 0, or UV_EAGAIN for what does not lie on a file system of this machine.
int local_status(int descriptor, uv_stat_t& status);

}  // namespace violet
