// A child of clone(2): see os/posix/child_steps.h.
#pragma once

#include "os/posix/child_start.h"

namespace violet {

// The child's whole life in our code. Takes a ChildStart.
int run_child(void* start);

}  // namespace violet
