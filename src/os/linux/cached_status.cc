// The status of files that the dentry cache knows.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statfs.h>

#include "os/cached_file.h"
#include "os/file_status.h"
#include "os/linux/cached_path.h"
#include "os/linux/local_file_systems.h"

namespace violet {
namespace {

int cached_status(const char* path, int flags, uv_stat_t& status) {
  OwnedDescriptor opened;
  const int error = open_cached_path(path, flags, opened);
  return error != 0 ? error : local_status(opened.get().native(), status);
}

// On a descriptor of our own, so that device and type are those of the same file.
void learn(int number) {
  const OwnedDescriptor opened(Descriptor::if_open(number));
  struct stat status;
  struct statfs system;
  if (fstat(number, &status) != 0 || fstatfs(number, &system) != 0) return;
  note_file_system(status.st_dev, static_cast<std::uint64_t>(system.f_type));
}

}  // namespace

int cached_status_of_path(const char* path, uv_stat_t& status) {
  return cached_status(path, 0, status);
}

int cached_status_of_link(const char* path, uv_stat_t& status) {
  return cached_status(path, O_NOFOLLOW, status);
}

int cached_status_of_file(uv_file file, uv_stat_t& status) {
  return local_status(file, status);
}

// access(2) judges by other credentials than an opening does, and by the mode first, so it is asked
// itself, also about a name that is wrong; all that it needs is in memory then.
int check_cached_access(const char* path, int mode) {
  uv_stat_t status;
  int error = cached_status(path, 0, status);
  return error == UV_EAGAIN ? error : check_access(path, mode);
}

void learn_file_system(const char* path, std::uint64_t device) {
  if (!is_known_file_system(device)) learn(open(path, O_PATH | O_CLOEXEC));
  // Of a symbolic link itself.
  if (!is_known_file_system(device)) learn(open(path, O_PATH | O_CLOEXEC | O_NOFOLLOW));
}

void learn_file_system(uv_file file, std::uint64_t device) {
  if (!is_known_file_system(device)) learn(fcntl(file, F_DUPFD_CLOEXEC, 0));
}

void learn_file_system(uv_file file) {
  struct stat status;
  if (fstat(file, &status) == 0) learn_file_system(file, status.st_dev);
}

}  // namespace violet
