#include "os/signal_actions.h"

#include <pthread.h>

#include "core/error.h"

namespace violet {

void block_signals(sigset_t& before) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
}

void restore_signals(const sigset_t& before) {
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

int set_signal_action(int number, SignalAction action, void (*handler)(int)) {
  struct sigaction wanted = {};
  wanted.sa_handler = action == SignalAction::kDefault ? SIG_DFL : handler;
  wanted.sa_flags = SA_RESTART;
  if (action == SignalAction::kCatchOnce) wanted.sa_flags |= static_cast<int>(SA_RESETHAND);
  sigfillset(&wanted.sa_mask);
  return sigaction(number, &wanted, nullptr) == 0 ? 0 : last_error();
}

}  // namespace violet
