#include "os/linux/cached_path.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <atomic>

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

// A descriptor, or negative.
long open_cached(const char* path, int flags) {
  open_how how = {};
  how.flags = static_cast<std::uint64_t>(O_CLOEXEC | flags);
  how.resolve = kResolveCached;
  return syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how));
}

}  // namespace

int open_cached_path(const char* path, int flags, OwnedDescriptor& opened) {
  if (openat2_is_refused.load(std::memory_order_relaxed)) return UV_EAGAIN;
  const long result = open_cached(path, O_PATH | flags);
  if (result >= 0) return take_opened(static_cast<int>(result), opened);
  if (errno == ENOSYS || errno == EPERM || errno == EINVAL) {
    openat2_is_refused.store(true, std::memory_order_relaxed);
  }
  return is_definite(errno) ? last_error() : UV_EAGAIN;
}

int open_at_once(const char* path, int flags, OwnedDescriptor& opened) {
  const long result = open_cached(path, O_NONBLOCK | flags);
  return result >= 0 ? take_opened(static_cast<int>(result), opened) : UV_EAGAIN;
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

}  // namespace violet
