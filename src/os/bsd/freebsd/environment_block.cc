#include "os/posix/environment_block.h"

// The start-up code of the program defines it, and no library does: one that has to be complete
// when it is linked would not be.
extern "C" __attribute__((weak)) char** environ;

namespace violet {

char** environment_block() {
  return &environ == nullptr ? nullptr : environ;
}

}  // namespace violet
