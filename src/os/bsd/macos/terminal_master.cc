#include "os/posix/terminal_ways.h"

#include <sys/ioctl.h>
#include <sys/ttycom.h>

namespace violet {

bool is_terminal_master(Descriptor terminal) {
  // Only this side is asked for the other one's name.
  char name[128];
  return ioctl(terminal.native(), TIOCPTYGNAME, name) == 0;
}

}  // namespace violet
