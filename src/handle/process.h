#pragma once

#include "core/loop.h"

namespace violet {

struct ChildWatch;

struct Process {
  using Public = uv_process_t;

  Handle handle;
  // Linked from the end of the child to the exit callback.
  ReadyItem ended;
  HandleTail tail;
  uv_exit_cb callback;
  int pid;
  int exit_signal;
  ChildWatch* watch;  // null when the child has ended or never began
  std::int64_t exit_status;
  int wait_status;  // for programs: both, as waitpid(2) tells them
};

static_assert(offsetof(Process, tail) == kHandleTailOffset);
static_assert(offsetof(Process, callback) == offsetof(uv_process_t, exit_cb));
static_assert(offsetof(Process, pid) == offsetof(uv_process_t, pid));

template <typename Public>
constexpr bool wait_status_in_place() {
  if constexpr (requires(Public process) { process.status; }) {
    static_assert(offsetof(Process, wait_status) == offsetof(Public, status));
  }
  return true;
}
static_assert(wait_status_in_place<uv_process_t>());

// The handle is initialised whatever the result. Where the arguments were refused it is not in the
// loop, so that it may be freed without being closed; it may be closed too. Where the system
// refused the child it has to be closed.
int spawn_process(Loop& loop, uv_process_t* process, const uv_process_options_t& options);
int signal_process(Process& process, int number);

}  // namespace violet
