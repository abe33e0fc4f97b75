#include "os/bsd/shown_title.h"

#include <sys/types.h>
// Behind the types.
#include <unistd.h>

namespace violet {

void show_title(const char* title) {
  // Without the dash the program's name would come first.
  setproctitle("-%s", title);
}

}  // namespace violet
