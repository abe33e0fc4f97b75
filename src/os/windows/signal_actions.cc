// The signals of Windows: what a console tells its processes. SIGINT is Ctrl+C, SIGBREAK
// Ctrl+Break, SIGHUP the closing of the window, SIGWINCH its other size (console_size.cc). All
// numbers up to that one can be watched, as libuv lets them be (seen on 1.40.0); the others never
// come.
#include "os/signal_actions.h"

#include <windows.h>

// Needs the types of <windows.h>.
#include <signal.h>

#include <atomic>

#include "os/thread.h"
#include "os/windows/console_signals.h"
#include "os/windows/console_size.h"
#include "os/windows/windows_error.h"
#include "uv.h"

namespace violet {
namespace {

Mutex mutex;
NativeSignalAction actions[kSignalLimit];  // guarded by the mutex
bool listens = false;                      // guarded by the mutex
std::atomic<bool> caught[kSignalLimit];    // whether there is a handler

bool comes_from_console(int number) {
  return number == SIGINT || number == SIGBREAK || number == SIGHUP;
}

bool can_be_watched(int number) {
  return number > 0 && number <= SIGWINCH;
}

int signal_of(DWORD event) {
  switch (event) {
    case CTRL_C_EVENT:
      return SIGINT;
    case CTRL_BREAK_EVENT:
      return SIGBREAK;
    case CTRL_CLOSE_EVENT:
      return SIGHUP;
    default:
      return kNoSignal;
  }
}

// Returns the handler to call for the event; null for the default action.
void (*take_handler(int number))(int) {
  MutexLock lock(mutex);
  NativeSignalAction& action = actions[number];
  void (*handler)(int) = action.handler;
  if (action.once) action = {};
  caught[number].store(action.handler != nullptr, std::memory_order_relaxed);
  return handler;
}

BOOL WINAPI on_console_event(DWORD event) {
  const int number = signal_of(event);
  if (number == kNoSignal) return FALSE;
  if (!deliver_signal(number)) return FALSE;
  // The system ends the process when this function returns, or after some seconds. Not to return
  // leaves the program that time for its clean-up.
  if (event == CTRL_CLOSE_EVENT) Sleep(INFINITE);
  return TRUE;
}

// With the mutex held. Our console handler is never removed: the console calls handlers with a lock
// of its own held. Removing one would wait for that lock while the handler waits for our mutex.
int listen_to_console() {
  if (listens) return 0;
  if (!SetConsoleCtrlHandler(on_console_event, TRUE)) return last_windows_error();
  listens = true;
  return 0;
}

}  // namespace

bool is_signal_caught(int number) {
  return caught[number].load(std::memory_order_relaxed);
}

bool deliver_signal(int number) {
  void (*handler)(int) = take_handler(number);
  if (handler == nullptr) return false;
  handler(number);
  return true;
}

void block_signals(BlockedSignals&) {}

void restore_signals(const BlockedSignals&) {}

SignalAction catching_action(void (*handler)(int), bool once) {
  return {handler, once};
}

bool is_default(const SignalAction& action) {
  return action.handler == nullptr;
}

bool is_caught_by(const SignalAction& action, void (*handler)(int)) {
  return action.handler == handler;
}

int get_signal_action(int number, SignalAction& action) {
  if (!can_be_watched(number)) return UV_EINVAL;
  MutexLock lock(mutex);
  action = actions[number];
  return 0;
}

int set_signal_action(int number, const SignalAction& action) {
  if (!can_be_watched(number)) return UV_EINVAL;
  {
    MutexLock lock(mutex);
    if (comes_from_console(number) && !is_default(action)) {
      if (int error = listen_to_console(); error != 0) return error;
    }
    actions[number] = action;
    caught[number].store(!is_default(action), std::memory_order_relaxed);
  }
  // Notes the present size, so that a later change is noticed.
  if (number == SIGWINCH) look_for_resize();
  return 0;
}

bool keep_children(SignalAction&) {
  return false;
}

}  // namespace violet
