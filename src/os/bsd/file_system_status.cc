#include <sys/param.h>

#include <sys/mount.h>

#include "os/bsd/statfs_translation.h"
#include "os/file_status.h"
#include "os/posix/repeat.h"

namespace violet {

int status_of_file_system(const char* path, uv_statfs_t& status) {
  struct statfs result;
  const int error = repeat_int([&] { return statfs(path, &result); });
  if (error != 0) return error;
  status = translate_statfs(result);
  status.f_type = result.f_type;
  return 0;
}

}  // namespace violet
