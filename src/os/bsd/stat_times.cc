#include "os/posix/stat_times.h"

namespace violet {

StatTimes stat_times(const struct stat& status) {
  return {status.st_atim, status.st_mtim, status.st_ctim, status.st_birthtim};
}

}  // namespace violet
