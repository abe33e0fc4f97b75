#include "os/signal_actions.h"

#include <pthread.h>

#include "base/error.h"

namespace violet {

void block_signals(BlockedSignals& before) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
}

void restore_signals(const BlockedSignals& before) {
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

SignalAction catching_action(void (*handler)(int), bool once) {
  SignalAction action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  if (once) action.sa_flags |= static_cast<int>(SA_RESETHAND);
  sigfillset(&action.sa_mask);
  return action;
}

bool is_default(const SignalAction& action) {
  return action.sa_handler == SIG_DFL;
}

bool is_caught_by(const SignalAction& action, void (*handler)(int)) {
  return action.sa_handler == handler;
}

int get_signal_action(int number, SignalAction& action) {
  return sigaction(number, nullptr, &action) == 0 ? 0 : last_error();
}

int set_signal_action(int number, const SignalAction& action) {
  return sigaction(number, &action, nullptr) == 0 ? 0 : last_error();
}

bool keep_children(SignalAction& action) {
  const bool ignored = action.sa_handler == SIG_IGN;
  if (!ignored && (action.sa_flags & SA_NOCLDWAIT) == 0) return false;
  if (ignored) action.sa_handler = SIG_DFL;
  action.sa_flags &= ~SA_NOCLDWAIT;
  return true;
}

}  // namespace violet
