// The signals of a child before its program starts, for os/bsd/spawn_child.cc. It may share the
// parent's memory.
#pragma once

namespace violet {

// Gives every signal its default action, which must not be seen in the parent.
void reset_child_signals();
void unblock_child_signals();

}  // namespace violet
