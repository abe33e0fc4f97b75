#include "os/linux/spawn_child.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "os/signal_actions.h"

// The sanitizers' bookkeeping belongs to the parent.
#define VIOLET_IN_CHILD __attribute__((no_sanitize("address", "thread", "undefined")))

namespace violet {
namespace {

constexpr long kSignalSetSize = 8;  // The kernel's, for 64 signals.
constexpr int kFailedToStart = 127;

VIOLET_IN_CHILD bool failed(long result) {
  return result < 0;
}

// Ignored signals too: what the parent ignores is its own affair. No handler of the parent may run
// here, so this comes before anything is unblocked.
VIOLET_IN_CHILD void reset_signals() {
  // Zeroes are SIG_DFL, no flags and an empty mask in the kernel's structure on every architecture.
  const long long default_action[8] = {};
  for (int number = 1; number < kSignalLimit; ++number)
    syscall(SYS_rt_sigaction, number, default_action, nullptr, kSignalSetSize);
}

VIOLET_IN_CHILD void unblock_signals() {
  const long long none = 0;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, kSignalSetSize);
}

VIOLET_IN_CHILD bool make_blocking(int number) {
  long flags = syscall(SYS_fcntl, number, F_GETFL, 0);
  if (failed(flags)) return false;
  if ((flags & O_NONBLOCK) == 0) return true;
  return !failed(syscall(SYS_fcntl, number, F_SETFL, flags & ~static_cast<long>(O_NONBLOCK)));
}

// The number inside, without a call of code that the sanitizers have been at.
VIOLET_IN_CHILD int& number_of(Descriptor& descriptor) {
  return reinterpret_cast<int&>(descriptor);
}

// A source that lies where another one has to go moves out of the way first.
VIOLET_IN_CHILD bool move_sources_away(const SpawnPlan& plan) {
  for (int i = 0; i < plan.descriptor_count; ++i) {
    int& source = number_of(plan.descriptors[i]);
    if (source < 0 || source >= plan.descriptor_count || source == i) continue;
    long moved = syscall(SYS_fcntl, source, F_DUPFD_CLOEXEC, plan.descriptor_count);
    if (failed(moved)) return false;
    source = static_cast<int>(moved);
  }
  return true;
}

VIOLET_IN_CHILD bool open_null_device(int number) {
  long opened = syscall(SYS_openat, AT_FDCWD, "/dev/null", number == 0 ? O_RDONLY : O_RDWR, 0);
  if (failed(opened)) return false;
  if (opened == number) return true;
  bool placed = !failed(syscall(SYS_dup3, opened, number, 0));
  syscall(SYS_close, opened);
  return placed;
}

VIOLET_IN_CHILD bool place_descriptor(const SpawnPlan& plan, int number) {
  const int source = number_of(plan.descriptors[number]);
  if (source < 0) return number > STDERR_FILENO || open_null_device(number);
  if (source == number) {
    if (failed(syscall(SYS_fcntl, number, F_SETFD, 0))) return false;
  } else if (failed(syscall(SYS_dup3, source, number, 0))) {
    return false;
  }
  // Few programs expect standard streams that do not block.
  if (number > STDERR_FILENO || (plan.non_blocking >> number & 1) != 0) return true;
  return make_blocking(number);
}

VIOLET_IN_CHILD bool place_descriptors(const SpawnPlan& plan) {
  if (!move_sources_away(plan)) return false;
  for (int i = 0; i < plan.descriptor_count; ++i) {
    if (!place_descriptor(plan, i)) return false;
  }
  return true;
}

VIOLET_IN_CHILD bool change_identity(const SpawnPlan& plan) {
  // Without the privilege the groups cannot be dropped, and nothing is gained by them either.
  if (plan.set_user || plan.set_group) syscall(SYS_setgroups, 0, nullptr);
  if (plan.set_group && failed(syscall(SYS_setgid, plan.group))) return false;
  return !plan.set_user || !failed(syscall(SYS_setuid, plan.user));
}

VIOLET_IN_CHILD bool prepare(const SpawnPlan& plan) {
  if (plan.new_session) syscall(SYS_setsid);
  if (!place_descriptors(plan)) return false;
  if (plan.directory != nullptr && failed(syscall(SYS_chdir, plan.directory))) return false;
  return change_identity(plan);
}

// As execvp(3): an unsuitable file in one directory does not end the search. Returns what is wrong.
VIOLET_IN_CHILD int execute(ChildStart& start) {
  int outcome = ENOENT;
  while (const char* path = start.search->next()) {
    syscall(SYS_execve, path, start.plan->arguments, start.environment);
    if (errno == ENOEXEC) {
      syscall(SYS_execve, "/bin/sh", start.search->script_arguments(), start.environment);
    }
    switch (errno) {
      case EACCES:
        outcome = EACCES;
        break;
      case ENOENT:
      case ENOTDIR:
      case ESTALE:
      case ENODEV:
      case ETIMEDOUT:
        if (outcome != EACCES) outcome = errno;
        break;
      default:
        return errno;
    }
  }
  return outcome;
}

}  // namespace

VIOLET_IN_CHILD int run_child(void* argument) {
  ChildStart& start = *static_cast<ChildStart*>(argument);
  start.was_born = true;
  reset_signals();
  if (prepare(*start.plan)) {
    unblock_signals();
    start.error = execute(start);
  } else {
    start.error = errno;
  }
  int error = start.error;
  if (start.failure_pipe >= 0) syscall(SYS_write, start.failure_pipe, &error, sizeof(error));
  syscall(SYS_exit_group, kFailedToStart);
  return kFailedToStart;
}

}  // namespace violet
