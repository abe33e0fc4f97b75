// What the dentry cache knows, by openat2(2) with RESOLVE_CACHED. Opened as a mere path, so that
// nothing happens to the file: no FIFO waits for its other end, no device notices.
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <atomic>

#include "os/cached_file.h"
#include "os/file_status.h"
#include "os/linux/local_file_systems.h"
#include "os/linux/statx_status.h"
#include "os/posix/opened.h"

namespace violet {
namespace {

// Kernels before 5.12 lack RESOLVE_CACHED, those before 5.6 openat2(2), and seccomp filters may
// refuse it.
std::atomic<bool> openat2_is_refused{false};

constexpr std::uint64_t kResolveCached = 0x20;

// Errors that stand in the name itself. What else may go wrong has to do with the call, or with
// this way of asking.
bool is_definite(int error) {
  return error == ENOENT || error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG;
}

int open_cached_path(const char* path, int flags, OwnedDescriptor& opened) {
  if (openat2_is_refused.load(std::memory_order_relaxed)) return UV_EAGAIN;
  open_how how = {};
  how.flags = static_cast<std::uint64_t>(O_PATH | O_CLOEXEC | flags);
  how.resolve = kResolveCached;
  long result = syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how));
  if (result >= 0) return take_opened(static_cast<int>(result), opened);
  if (errno == ENOSYS || errno == EPERM || errno == EINVAL) {
    openat2_is_refused.store(true, std::memory_order_relaxed);
  }
  return is_definite(errno) ? last_error() : UV_EAGAIN;
}

// Not synchronised: a file system of this machine has nothing to synchronise with, and another one
// is not asked here. Its device number is enough to tell them apart.
int local_status(int descriptor, uv_stat_t& status) {
  struct statx result;
  if (statx(descriptor, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_BASIC_STATS | STATX_BTIME,
            &result) != 0) {
    return UV_EAGAIN;
  }
  if (!is_local_file_system(makedev(result.stx_dev_major, result.stx_dev_minor))) return UV_EAGAIN;
  translate_statx(result, status);
  return 0;
}

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

}  // namespace violet
