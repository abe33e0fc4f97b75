#include "os/posix/trusted_value.h"

#include <unistd.h>

#include <cstdlib>

namespace violet {

const char* trusted_value(const char* name) {
  return issetugid() != 0 ? nullptr : std::getenv(name);
}

}  // namespace violet
