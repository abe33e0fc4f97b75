#include "os/bsd/shown_title.h"

#include <cstdlib>

namespace violet {

void show_title(const char* title) {
  // The program's name and a colon come first.
  setproctitle("%s", title);
}

}  // namespace violet
