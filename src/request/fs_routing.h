// Where a request in the background is carried out.
#pragma once

#include "request/fs.h"

namespace violet {

// The one place of this decision. 0, and the callback comes in a later poll phase; or a negative
// UV_E*, and nothing has begun.
int route_fs(Loop& loop, FsRequest& request);

// Carries the request out on this thread.
void perform_fs(FsRequest& request);

}  // namespace violet
