#include "os/posix/trusted_value.h"

#include <cstdlib>

namespace violet {

const char* trusted_value(const char* name) {
  return secure_getenv(name);
}

}  // namespace violet
