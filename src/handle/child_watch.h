// Children until they are reaped, whether their handle is still there or not. Each is watched
// by the engine; where that cannot, the signal that tells of ended children has all of them looked
// at.
#pragma once

#include "core/loop.h"
#include "os/spawn.h"

namespace violet {

struct Process;

struct ChildWatch {
  Channel channel;
  ListNode link;     // in the loop's list of children
  Process* process;  // null when the handle was closed
  Child child;
};

// Follows a child that runs. 0, and the child is the watch's; or UV_ENOMEM.
int watch_child(Loop& loop, Process& process, Child& child);

// Told by the watch, in process.cc: the child was reaped; or somebody else has reaped it; or it is
// not this process's child any more, after fork(2).
void child_ended(Process& process, const ExitStatus& exit);
void child_taken(Process& process);
void child_lost(Process& process);

}  // namespace violet
