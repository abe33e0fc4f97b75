#include "os/posix/environment_block.h"

#include <unistd.h>

// POSIX leaves the declaration to programs.
extern "C" char** environ;

namespace violet {

char** environment_block() {
  return environ;
}

}  // namespace violet
