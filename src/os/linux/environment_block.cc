#include "os/posix/environment_block.h"

#include <unistd.h>

namespace violet {

char** environment_block() {
  return environ;
}

}  // namespace violet
