#include "os/posix/stat_times.h"

namespace violet {

StatTimes stat_times(const struct stat& status) {
  return {status.st_atimespec, status.st_mtimespec, status.st_ctimespec, status.st_birthtimespec};
}

}  // namespace violet
