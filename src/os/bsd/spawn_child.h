// A child of vfork(2) or fork(2): see os/posix/child_steps.h.
#pragma once

#include "os/posix/child_start.h"

namespace violet {

// The child's whole life in our code.
[[noreturn]] void run_child(ChildStart& start);

}  // namespace violet
