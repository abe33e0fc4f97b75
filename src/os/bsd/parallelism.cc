#include <unistd.h>

#include "os/cpu.h"

namespace violet {

unsigned available_parallelism() {
  const long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? static_cast<unsigned>(online) : 1;
}

}  // namespace violet
