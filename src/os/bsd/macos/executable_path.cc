#include <mach-o/dyld.h>

#include <climits>
#include <cstdint>
#include <cstdlib>

#include "base/error.h"
#include "os/bsd/cut_text.h"
#include "os/paths.h"
#include "uv.h"

namespace violet {

int executable_path(char* buffer, std::size_t* size) {
  // As the program was started, with links and dots.
  char started[PATH_MAX];
  std::uint32_t capacity = sizeof(started);
  if (_NSGetExecutablePath(started, &capacity) != 0) return UV_ENAMETOOLONG;
  char path[PATH_MAX];
  if (realpath(started, path) == nullptr) return last_error();
  return write_cut(path, buffer, size);
}

}  // namespace violet
