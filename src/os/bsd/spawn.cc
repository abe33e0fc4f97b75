// Children of vfork(2), which run in their parent's memory until their program starts, while the
// thread that made them sleeps: on FreeBSD and NetBSD no page table is copied, and the cost does
// not grow with the parent. OpenBSD copies all the same, as its posix_spawn(3) does.
#include "os/spawn.h"

#include <unistd.h>

#include "base/error.h"
#include "os/bsd/spawn_child.h"
#include "os/posix/child_end.h"
#include "os/posix/environment_block.h"
#include "os/posix/start_failure.h"
#include "os/signal_actions.h"

namespace violet {
namespace {

// In a function of its own, which does nothing else: the child runs on this frame's stack.
__attribute__((noinline)) int vfork_child(ChildStart& start) {
  const pid_t pid = vfork();
  if (pid == 0) run_child(start);
  return pid;
}

int fork_child(ChildStart& start) {
  const pid_t pid = fork();
  if (pid == 0) run_child(start);
  return pid;
}

int start_child(ChildStart& start, bool by_fork, Child& child) {
  // A handler of ours that ran in the child would act on our memory in its name.
  SignalsBlocked blocked;
  const int pid = by_fork ? fork_child(start) : vfork_child(start);
  if (pid < 0) return last_error();
  child.pid = pid;
  return 0;
}

}  // namespace

int spawn(const SpawnPlan& plan, Child& child) {
  char* const* environment = plan.environment == nullptr ? environment_block() : plan.environment;
  ProgramSearch search;
  if (!search.prepare(plan.file, plan.arguments, environment)) return UV_ENOMEM;
  const bool by_fork = wants_fork();
  StartFailure failure(by_fork);
  if (int error = failure.prepare(plan.descriptor_count); error != 0) return error;
  ChildStart start = {&plan, &search, environment, failure.child_end(), false, 0};
  if (int error = start_child(start, by_fork, child); error != 0) return error;
  const int error = failure.wait(start, child.pid);
  if (error != 0) wait_for_end(child);
  return error;
}

bool reap(const Child& child, ExitStatus& exit) {
  return reap_by_pid(child.pid, exit);
}

}  // namespace violet
