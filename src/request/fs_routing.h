// Where a request in the background is carried out: docs/io-routing.md has the table, and what was
// measured for it.
#pragma once

#include "request/fs.h"

namespace violet {

// The one place of this decision. 0, and the callback comes in a later poll phase; or a negative
// UV_E*, and nothing has begun.
int route_fs(Loop& loop, FsRequest& request);

// Carries the request out on this thread.
void perform_fs(FsRequest& request);

// 0: it will never be carried out, and its callback comes with UV_ECANCELED; or UV_EBUSY.
int cancel_fs(FsRequest& request);

}  // namespace violet
