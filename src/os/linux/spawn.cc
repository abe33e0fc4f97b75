#include "os/spawn.h"

#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "base/allocator.h"
#include "base/error.h"
#include "os/linux/spawn_child.h"
#include "os/posix/child_end.h"
#include "os/posix/start_failure.h"
#include "os/signal_actions.h"

#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x00001000
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

// ThreadSanitizer takes clone(2) for fork(2). With CLONE_VM its bookkeeping for the child would
// overwrite the parent's, which then ignores every lock: every access under one looks like a race.
// The C library's other name for the same function is not intercepted.
#if defined(__SANITIZE_THREAD__)
extern "C" int __clone(int (*function)(void*), void* stack, int flags, void* argument, ...);
#define clone __clone
#endif

namespace violet {
namespace {

constexpr std::size_t kStackSize = std::size_t{64} * 1024;
constexpr idtype_t kPidfdIdType = static_cast<idtype_t>(3);  // P_PIDFD; absent in older C libraries

// Kernels before 5.2 ignore CLONE_PIDFD or, as some filters do, refuse it; kernels before 5.4, and
// other filters, do not reap by descriptor. Found out with the first child, and kept.
enum class Descriptors : unsigned char { kUntried, kWork, kRefused };
std::atomic<Descriptors> child_descriptors{Descriptors::kUntried};

int wait_by_descriptor(Descriptor descriptor, siginfo_t& info, int options) {
  int result = 0;
  do {
    result = waitid(kPidfdIdType, static_cast<id_t>(descriptor.native()), &info, WEXITED | options);
  } while (result < 0 && errno == EINTR);
  return result;
}

// The child's descriptor, if it can be reaped by it.
OwnedDescriptor usable_descriptor(int number) {
  OwnedDescriptor descriptor(Descriptor::if_open(number));
  if (child_descriptors.load(std::memory_order_relaxed) == Descriptors::kWork) return descriptor;
  siginfo_t info = {};
  const bool works =
      descriptor.is_open() && wait_by_descriptor(descriptor.get(), info, WNOHANG | WNOWAIT) == 0;
  child_descriptors.store(works ? Descriptors::kWork : Descriptors::kRefused,
                          std::memory_order_relaxed);
  if (!works) descriptor.close();
  return descriptor;
}

bool is_refusal(int error) {
  return error == EINVAL || error == EPERM || error == ENOSYS;
}

// The child runs on a stack of its own in our memory, and we sleep until it has let go of it: no
// page table is copied. Returns its pid or a negative UV_E*.
int clone_child(ChildStart& start, void* stack, OwnedDescriptor& descriptor) {
  char* top = static_cast<char*>(stack) + kStackSize;
  const int flags = CLONE_VM | CLONE_VFORK | SIGCHLD;
  if (child_descriptors.load(std::memory_order_relaxed) != Descriptors::kRefused) {
    int number = -1;
    int pid = clone(run_child, top, flags | CLONE_PIDFD, &start, &number);
    if (pid >= 0) descriptor = usable_descriptor(number);
    if (pid >= 0 || !is_refusal(errno)) return pid < 0 ? last_error() : pid;
  }
  int pid = clone(run_child, top, flags, &start);
  return pid < 0 ? last_error() : pid;
}

int fork_child(ChildStart& start, OwnedDescriptor& descriptor) {
  const int pid = fork();
  if (pid < 0) return last_error();
  if (pid == 0) run_child(&start);
  if (child_descriptors.load(std::memory_order_relaxed) != Descriptors::kRefused) {
    descriptor = usable_descriptor(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  }
  return pid;
}

int start_child(ChildStart& start, bool by_fork, Child& child) {
  Owned<char> stack(by_fork ? nullptr : static_cast<char*>(allocate(kStackSize)));
  if (!by_fork && !stack) return UV_ENOMEM;
  // A signal handler that ran in the child would change our memory.
  SignalsBlocked blocked;
  child.pid = by_fork ? fork_child(start, child.descriptor)
                      : clone_child(start, stack.get(), child.descriptor);
  return child.pid < 0 ? child.pid : 0;
}

// Whether the child has ended; UV_ESRCH when it is not ours to reap any more.
bool reap_by_descriptor(Descriptor descriptor, ExitStatus& exit) {
  siginfo_t info = {};
  if (wait_by_descriptor(descriptor, info, WNOHANG) < 0) {
    exit = {UV_ESRCH, 0};
    return true;
  }
  bool exited = info.si_code == CLD_EXITED;
  exit = {exited ? info.si_status : 0, exited ? 0 : info.si_status};
  return info.si_pid != 0;
}

}  // namespace

int spawn(const SpawnPlan& plan, Child& child) {
  char* const* environment = plan.environment == nullptr ? environ : plan.environment;
  ProgramSearch search;
  if (!search.prepare(plan.file, plan.arguments, environment)) return UV_ENOMEM;
  const bool by_fork = wants_fork();
  StartFailure failure(by_fork);
  if (int error = failure.prepare(plan.descriptor_count); error != 0) return error;
  ChildStart start = {&plan, &search, environment, failure.child_end(), false, 0};
  if (int error = start_child(start, by_fork, child); error != 0) return error;
  int error = failure.wait(start, child.pid);
  if (error != 0) wait_for_end(child);
  return error;
}

bool reap(const Child& child, ExitStatus& exit) {
  return child.descriptor.is_open() ? reap_by_descriptor(child.descriptor.get(), exit)
                                    : reap_by_pid(child.pid, exit);
}

}  // namespace violet
