#include "os/posix/inheritance.h"

namespace violet {

// There is no such call.
bool disable_inheritance_at_once() {
  return false;
}

}  // namespace violet
