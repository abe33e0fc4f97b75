#include "os/bsd/child_signals.h"

#include <signal.h>

#include "os/signal_actions.h"

namespace violet {

// Actions are the process's own after vfork(2), and these C libraries keep nothing of them.
void reset_child_signals() {
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  for (int number = 1; number < kSignalLimit; ++number)
    sigaction(number, &action, nullptr);
}

void unblock_child_signals() {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace violet
