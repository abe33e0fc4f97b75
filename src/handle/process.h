#pragma once

#include "core/loop.h"

namespace violet {

struct ChildWatch;

struct Process {
  using Public = uv_process_t;

  Handle handle;
  ChildWatch* watch;  // null when the child has ended or never began
  // Linked from the end of the child to the exit callback.
  ReadyItem ended;
  uv_exit_cb callback;
  int pid;
  int exit_signal;
  std::int64_t exit_status;
};

static_assert(offsetof(Process, callback) == offsetof(uv_process_t, exit_cb));
static_assert(offsetof(Process, pid) == offsetof(uv_process_t, pid));

// The handle is initialised whatever the result.
int spawn_process(Loop& loop, uv_process_t* process, const uv_process_options_t& options);
int signal_process(Process& process, int number);

}  // namespace violet
