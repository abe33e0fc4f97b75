#include "os/linux/spawn_child.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/posix/child_steps.h"
#include "os/posix/refused_call.h"
#include "os/signal_actions.h"

namespace violet {
namespace {

constexpr long kSignalSetSize = 8;  // The kernel's, for 64 signals.

// A filter may know this call and not dup3(2), which is younger.
VIOLET_IN_CHILD long place_as_of_old(int source, int number) {
#ifdef SYS_dup2
  return syscall(SYS_dup2, source, number);
#else
  static_cast<void>(source), static_cast<void>(number);
  return -1;
#endif
}

// No C library wrapper, for some have a state of their own (setuid(3) would change all threads of
// the parent).
struct BareCalls {
  VIOLET_IN_CHILD static void reset_signals() {
    // Zeroes are SIG_DFL, no flags and an empty mask in the kernel's structure on every
    // architecture.
    const long long default_action[8] = {};
    for (int number = 1; number < kSignalLimit; ++number)
      syscall(SYS_rt_sigaction, number, default_action, nullptr, kSignalSetSize);
  }
  VIOLET_IN_CHILD static void unblock_signals() {
    const long long none = 0;
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, kSignalSetSize);
  }
  VIOLET_IN_CHILD static long control(int number, int command, long argument) {
    return syscall(SYS_fcntl, number, command, argument);
  }
  VIOLET_IN_CHILD static long open(const char* path, int flags) {
    return syscall(SYS_openat, AT_FDCWD, path, flags, 0);
  }
  VIOLET_IN_CHILD static long place(int source, int number) {
    const long placed = syscall(SYS_dup3, source, number, 0);
    return placed < 0 && is_call_refused() ? place_as_of_old(source, number) : placed;
  }
  VIOLET_IN_CHILD static void close(int number) { syscall(SYS_close, number); }
  VIOLET_IN_CHILD static void write(int number, const void* bytes, std::size_t size) {
    syscall(SYS_write, number, bytes, size);
  }
  VIOLET_IN_CHILD static void lead_session() { syscall(SYS_setsid); }
  VIOLET_IN_CHILD static long enter(const char* directory) { return syscall(SYS_chdir, directory); }
  VIOLET_IN_CHILD static void drop_groups() { syscall(SYS_setgroups, 0, nullptr); }
  VIOLET_IN_CHILD static long set_group(gid_t group) { return syscall(SYS_setgid, group); }
  VIOLET_IN_CHILD static long set_user(uid_t user) { return syscall(SYS_setuid, user); }
  VIOLET_IN_CHILD static void execute(const char* path, char* const* arguments,
                                      char* const* environment) {
    syscall(SYS_execve, path, arguments, environment);
  }
  VIOLET_IN_CHILD static void exit(int status) { syscall(SYS_exit_group, status); }
};

}  // namespace

VIOLET_IN_CHILD int run_child(void* start) {
  return ChildSteps<BareCalls>::run(*static_cast<ChildStart*>(start));
}

}  // namespace violet
