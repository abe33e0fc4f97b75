#include <sys/types.h>

#include <fcntl.h>
#include <sys/user.h>

#include <cstring>

#include "os/posix/copy_ways.h"

namespace violet {

bool path_of_file(int file, FilePath& path) {
#ifdef F_KINFO
  struct kinfo_file known = {};
  known.kf_structsize = sizeof(known);
  if (fcntl(file, F_KINFO, &known) != 0 || known.kf_path[0] != '/') return false;
  static_assert(sizeof(known.kf_path) <= sizeof(path));
  std::memcpy(path, known.kf_path, sizeof(known.kf_path));
  return true;
#else
  static_cast<void>(file);
  static_cast<void>(path);
  return false;
#endif
}

}  // namespace violet
