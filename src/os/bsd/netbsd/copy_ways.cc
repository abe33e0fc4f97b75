#include <fcntl.h>

#include "os/bsd/copy_by_hand_only.h"

namespace violet {

bool path_of_file(int file, FilePath& path) {
  return fcntl(file, F_GETPATH, path) == 0;
}

}  // namespace violet
