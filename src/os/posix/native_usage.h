// What getrusage(2) tells, for os/process_info.h.
#pragma once

#include "uv.h"

namespace violet {

// 0 or a negative UV_E*.
int usage_of(int who, uv_rusage_t* usage);

}  // namespace violet
