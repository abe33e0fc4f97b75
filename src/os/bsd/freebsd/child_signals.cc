// By bare system calls: the thread library keeps the actions in a table of its own, which a child
// of vfork(2) shares with its parent.
#include "os/bsd/child_signals.h"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/signal_actions.h"

namespace violet {

void reset_child_signals() {
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  for (int number = 1; number < kSignalLimit; ++number)
    syscall(SYS_sigaction, number, &action, nullptr);
}

void unblock_child_signals() {
  sigset_t none;
  sigemptyset(&none);
  syscall(SYS_sigprocmask, SIG_SETMASK, &none, nullptr);
}

}  // namespace violet
