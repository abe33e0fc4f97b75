// What an engine does in the child of fork(2).
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include "engine.h"

namespace violet {

// Whether `check()` is true in a child, which has told the engine of the fork.
template <typename Check>
bool holds_in_child(Engine& engine, Check check) {
  const pid_t child = fork();
  if (child == 0) _exit(engine.after_fork() == 0 && check() ? 0 : 1);
  int status = -1;
  return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

}  // namespace violet
