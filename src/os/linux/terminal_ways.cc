#include "os/posix/terminal_ways.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

namespace violet {

bool is_terminal_master(Descriptor terminal) {
  int number = 0;
  return ioctl(terminal.native(), TIOCGPTN, &number) == 0;
}

OwnedDescriptor reopen_terminal(Descriptor terminal, int mode) {
  char path[64];
  std::snprintf(path, sizeof(path), "/proc/self/fd/%d", terminal.native());
  const int flags = mode | kReopenFlags;
  OwnedDescriptor opened(Descriptor::if_open(open(path, flags)));
  if (!opened.is_open() && ttyname_r(terminal.native(), path, sizeof(path)) == 0) {
    opened = OwnedDescriptor(Descriptor::if_open(open(path, flags)));
  }
  return opened;
}

}  // namespace violet
