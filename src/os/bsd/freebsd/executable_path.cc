#include <climits>

#include "os/bsd/cut_text.h"
#include "os/bsd/system_value.h"
#include "os/paths.h"

namespace violet {

int executable_path(char* buffer, std::size_t* size) {
  char path[PATH_MAX];
  // -1 is the process that asks.
  const int name[] = {CTL_KERN, KERN_PROC, KERN_PROC_PATHNAME, -1};
  const int error = system_text(name, 4, path, sizeof(path));
  return error != 0 ? error : write_cut(path, buffer, size);
}

}  // namespace violet
