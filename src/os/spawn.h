// Starting programs as child processes, and learning how they ended.
#pragma once

#include <uv.h>

#include <cstdint>

#include "os/descriptor.h"

namespace violet {

// Options that only Windows has.
struct SpawnOnWindows {
  bool verbatim_arguments;  // joined without quotation marks
  bool exact_name;          // a file with a directory is looked for as it is before ".exe" is added
  bool hide_console;
  bool hide_window;
};

struct SpawnPlan {
  const char* file;  // looked up in the PATH of the child's environment if it has no slash
  char* const* arguments;
  char* const* environment;  // null: the parent's
  const char* directory;     // null: where the parent is
  // Entry i becomes the child's descriptor i; kNoDescriptor leaves the number as it is, and gives
  // the null device for the first three.
  Descriptor* descriptors;
  int descriptor_count;
  // The first three are made blocking, unless their bit is set here.
  unsigned non_blocking;
  bool new_session;
  bool set_user;
  bool set_group;
  uv_uid_t user;
  uv_gid_t group;
  SpawnOnWindows windows;
};

struct Child {
  int pid = 0;
  // What the system has for a child beside its number, and an engine watches it by: on Linux a
  // descriptor that polls readable once it has ended, on Windows the process's handle. None on
  // systems that watch children by number, and where it is refused.
  OwnedDescriptor descriptor;
  // Where the system has no signals: the signal by which send_signal() has ended the child. 0:
  // none.
  int ended_by = 0;
};

// 0 once the child runs the program; or what kept it from running: UV_ENOENT, UV_EACCES, UV_E2BIG,
// UV_EAGAIN, UV_ENOMEM, ... No child is left behind then. The cost does not depend on the size of
// the caller's memory, unless VIOLET_SPAWN=fork asks for fork(2) and the handlers that it runs.
int spawn(const SpawnPlan& plan, Child& child);

struct ExitStatus {
  std::int64_t status;
  int signal;  // what killed it, or 0
};

// True when the child has ended; its status is taken from the system, once. The status is UV_ESRCH
// if somebody else has taken it.
bool reap(const Child& child, ExitStatus& exit);
// For a child that cannot be followed: ends it, and waits until it has.
void kill_and_reap(Child& child);
// Sends a signal to a child that was not reaped yet. 0, UV_ESRCH, UV_EPERM, UV_EINVAL, or UV_ENOSYS
// for a signal that the system has no substitute for.
int send_signal(Child& child, int number);

// Two connected stream sockets (or pipes), not inherited by children. The parent's end does not
// block. On a system where a blocking call holds up all other calls on its descriptor, a child that
// is to get descriptors gets a non-blocking end, because it reads and writes at the same time.
int create_stdio_pair(OwnedDescriptor& parent_end, OwnedDescriptor& child_end,
                      bool child_non_blocking, bool passes_descriptors);

}  // namespace violet
