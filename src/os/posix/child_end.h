// How a child's end is learnt by its pid, on every POSIX system.
#pragma once

#include "os/spawn.h"

namespace violet {

// As reap() of os/spawn.h.
bool reap_by_pid(int pid, ExitStatus& exit);
void wait_for_end(Child& child);

}  // namespace violet
