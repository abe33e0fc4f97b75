#include "os/posix/terminal_ways.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

namespace violet {
namespace {

bool is_same_terminal(int number, int other) {
  struct stat one, two;
  return fstat(number, &one) == 0 && fstat(other, &two) == 0 && S_ISCHR(one.st_mode) &&
         one.st_rdev == two.st_rdev;
}

}  // namespace

// By name: /dev/fd gives the very descriptor that is there already.
OwnedDescriptor reopen_terminal(Descriptor terminal, int mode) {
  char path[PATH_MAX];
  if (ttyname_r(terminal.native(), path, sizeof(path)) != 0) return {};
  OwnedDescriptor opened(Descriptor::if_open(open(path, mode | kReopenFlags)));
  // In a jail or a changed root the name may be another terminal's.
  if (opened.is_open() && !is_same_terminal(terminal.native(), opened.get().native())) return {};
  return opened;
}

}  // namespace violet
