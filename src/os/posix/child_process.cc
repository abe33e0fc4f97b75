// The parts of os/spawn.h that are alike on every POSIX system.
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"
#include "os/spawn.h"

namespace violet {

int send_signal(int pid, int number) {
  return kill(pid, number) == 0 ? 0 : last_error();
}

int create_stdio_pair(OwnedDescriptor& parent_end, OwnedDescriptor& child_end,
                      bool child_non_blocking) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return last_error();
  fcntl(ends[0], F_SETFL, O_RDWR | O_NONBLOCK);
  if (child_non_blocking) fcntl(ends[1], F_SETFL, O_RDWR | O_NONBLOCK);
  parent_end = OwnedDescriptor(Descriptor::of(ends[0]));
  child_end = OwnedDescriptor(Descriptor::of(ends[1]));
  return 0;
}

}  // namespace violet
