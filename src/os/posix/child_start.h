// What a child that is being born has from its parent, and gives back.
#pragma once

#include "os/posix/program_search.h"
#include "os/spawn.h"

namespace violet {

struct ChildStart {
  const SpawnPlan* plan;
  ProgramSearch* search;
  char* const* environment;
  int failure_pipe;        // takes the errno too, unless it is negative
  volatile bool was_born;  // written by the child: a parent that does not see it shares no memory
  // Written by the child when something failed: an errno. The parent reads it once the child is
  // gone or runs its program, whichever ended the sharing.
  volatile int error;
};

// For programs that have work for the moment between fork(2) and execve(2), VIOLET_SPAWN=fork: it
// is what runs the handlers of pthread_atfork(3), and it copies the page tables.
bool wants_fork();

}  // namespace violet
