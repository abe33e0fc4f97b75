#include "os/posix/environment_block.h"

#include <crt_externs.h>

namespace violet {

// `environ` is the program's own; libraries ask for it.
char** environment_block() {
  return *_NSGetEnviron();
}

}  // namespace violet
