#include "os/posix/inheritance.h"

namespace violet {

// What some of them have closes the descriptors.
bool disable_inheritance_at_once() {
  return false;
}

}  // namespace violet
