#include "os/posix/terminal_ways.h"

#include <sys/ioctl.h>

namespace violet {

bool is_terminal_master(Descriptor terminal) {
  return ioctl(terminal.native(), TIOCPTMASTER) == 0;
}

}  // namespace violet
