// For systems without one; Windows' FlushProcessWriteBuffers() would do, and was not tried.
#include "os/process_barrier.h"

#include <cassert>

namespace violet {

bool has_process_barrier() {
  return false;
}

void process_barrier() {
  assert(false && "nobody was told that there is one");
}

}  // namespace violet
