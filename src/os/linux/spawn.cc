#include "os/spawn.h"

#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "core/allocator.h"
#include "core/error.h"
#include "os/linux/spawn_child.h"
#include "os/signal_actions.h"

#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x00001000
#endif

namespace violet {
namespace {

constexpr std::size_t kStackSize = std::size_t{64} * 1024;
constexpr idtype_t kPidfdIdType = static_cast<idtype_t>(3);  // P_PIDFD; absent in older C libraries

// The child runs on a stack of its own in our memory, and we sleep until it has let go of it: no
// page table is copied. Returns its pid or a negative UV_E*.
int clone_child(ChildStart& start, void* stack, Descriptor& descriptor) {
  char* top = static_cast<char*>(stack) + kStackSize;
  const int flags = CLONE_VM | CLONE_VFORK | SIGCHLD;
  // Kernels before 5.2 ignore CLONE_PIDFD or, as some filters do, refuse it.
  int number = -1;
  int pid = clone(run_child, top, flags | CLONE_PIDFD, &start, &number);
  if (pid < 0 && (errno == EINVAL || errno == EPERM || errno == ENOSYS)) {
    pid = clone(run_child, top, flags, &start);
  }
  descriptor = pid < 0 ? kNoDescriptor : number;
  return pid < 0 ? last_error() : pid;
}

int start_child(ChildStart& start, Child& child) {
  Owned<char> stack(static_cast<char*>(allocate(kStackSize)));
  if (!stack) return UV_ENOMEM;
  // A handler of ours that ran in the child would act on our memory in its name.
  SignalsBlocked blocked;
  int pid = clone_child(start, stack.get(), child.descriptor);
  child.pid = pid;
  return pid < 0 ? pid : 0;
}

void wait_for_end(const Child& child) {
  while (waitpid(child.pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  close_descriptor(child.descriptor);
}

ExitStatus exit_status_of(const siginfo_t& info) {
  if (info.si_code == CLD_EXITED) return {info.si_status, 0};
  return {0, info.si_status};
}

}  // namespace

int spawn(const SpawnPlan& plan, Child& child) {
  char* const* environment = plan.environment == nullptr ? environ : plan.environment;
  ProgramSearch search;
  if (!search.prepare(plan.file, plan.arguments, environment)) return UV_ENOMEM;
  ChildStart start = {&plan, &search, environment, 0};
  if (int error = start_child(start, child); error != 0) return error;
  if (start.error == 0) return 0;
  wait_for_end(child);
  return error_from_errno(start.error);
}

void kill_and_reap(const Child& child) {
  kill(child.pid, SIGKILL);
  wait_for_end(child);
}

bool reap(const Child& child, ExitStatus& exit) {
  bool by_descriptor = child.descriptor != kNoDescriptor;
  siginfo_t info = {};
  int result = 0;
  do {
    result = by_descriptor ? waitid(kPidfdIdType, static_cast<id_t>(child.descriptor), &info,
                                    WEXITED | WNOHANG)
                           : waitid(P_PID, static_cast<id_t>(child.pid), &info, WEXITED | WNOHANG);
  } while (result < 0 && errno == EINTR);
  if (result < 0) {
    exit = {UV_ESRCH, 0};
    return true;
  }
  if (info.si_pid == 0) return false;
  exit = exit_status_of(info);
  return true;
}

}  // namespace violet
