// What a child does between its birth and its program. It shares its parent's memory and borrows
// the thread that waits for it, so it makes bare system calls and nothing else: no lock, no
// allocation, and no C library wrapper with state of its own (setuid(3) would change all threads of
// the parent).
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

// The child's whole life in our code. Takes a ChildStart.
int run_child(void* start);

}  // namespace violet
