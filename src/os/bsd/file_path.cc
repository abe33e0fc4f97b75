#include <fcntl.h>

#include "os/posix/copy_ways.h"

namespace violet {

bool path_of_file(int file, FilePath& path) {
  return fcntl(file, F_GETPATH, path) == 0;
}

}  // namespace violet
