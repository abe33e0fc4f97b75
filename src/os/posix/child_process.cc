// The parts of os/spawn.h that are alike on every POSIX system.
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "os/environment.h"
#include "os/open_files.h"
#include "os/posix/child_end.h"
#include "os/posix/child_start.h"
#include "os/posix/repeat.h"

namespace violet {

int send_signal(Child& child, int number) {
  return kill(child.pid, number) == 0 ? 0 : last_error();
}

int create_stdio_pair(OwnedDescriptor& parent_end, OwnedDescriptor& child_end,
                      bool child_non_blocking, bool) {
  OwnedDescriptor ends[2];
  const int error = create_socket_pair(SOCK_STREAM, 0, ends, UV_NONBLOCK_PIPE,
                                       child_non_blocking ? UV_NONBLOCK_PIPE : 0);
  if (error != 0) return error;
  parent_end = std::move(ends[0]);
  child_end = std::move(ends[1]);
  return 0;
}

bool wants_fork() {
  char way[8];
  return environment_value("VIOLET_SPAWN", way, sizeof(way)) > 0 && std::strcmp(way, "fork") == 0;
}

void wait_for_end(Child& child) {
  repeat([&child] { return waitpid(child.pid, nullptr, 0); });
  child.descriptor.close();
}

void kill_and_reap(Child& child) {
  kill(child.pid, SIGKILL);
  wait_for_end(child);
}

bool reap_by_pid(int pid, ExitStatus& exit) {
  int status = 0;
  const auto reaped = repeat([pid, &status] { return waitpid(pid, &status, WNOHANG); });
  if (reaped < 0) exit = {UV_ESRCH, 0};
  if (reaped > 0)
    exit = {WIFEXITED(status) ? WEXITSTATUS(status) : 0,
            WIFSIGNALED(status) ? WTERMSIG(status) : 0};
  return reaped != 0;
}

}  // namespace violet
