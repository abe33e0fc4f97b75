// Reading what is in memory, by preadv2(2) with RWF_NOWAIT.
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>

#include "base/error.h"
#include "os/cached_file.h"

namespace violet {
namespace {

// Kernels before 4.6 lack preadv2(2), and seccomp filters may refuse it.
std::atomic<bool> preadv2_is_refused{false};

// Errors of the call rather than of the file, or such as leave everything as it was: ask where
// waiting is allowed. EOPNOTSUPP: this kind of file (procfs, terminals, some file systems) cannot
// promise not to wait. Any other error is final; a socket tells it only once.
bool says_nothing(int error) {
  return error == EAGAIN || error == EOPNOTSUPP || error == EINVAL || error == EINTR;
}

}  // namespace

bool reads_past_cache(uv_file file) {
  // With O_DIRECT, RWF_NOWAIT waits for the device all the same.
  int flags = fcntl(file, F_GETFL);
  return flags < 0 || (flags & O_DIRECT) != 0;
}

std::int64_t read_cached_file(uv_file file, const uv_buf_t* buffers, unsigned int count,
                              std::int64_t offset) {
  if (preadv2_is_refused.load(std::memory_order_relaxed)) return UV_EAGAIN;
  // uv_buf_t is laid out like struct iovec (os/posix/file.cc asserts it).
  const int length = static_cast<int>(count < IOV_MAX ? count : IOV_MAX);
  ssize_t result = preadv2(file, reinterpret_cast<const iovec*>(buffers), length,
                           offset < 0 ? -1 : offset, RWF_NOWAIT);
  if (result >= 0) return result;
  if (errno == ENOSYS || errno == EPERM) {
    preadv2_is_refused.store(true, std::memory_order_relaxed);
    return UV_EAGAIN;
  }
  return says_nothing(errno) ? UV_EAGAIN : last_error();
}

bool is_read_complete(uv_file file, std::int64_t end) {
  struct statx status;
  if (statx(file, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE | STATX_SIZE, &status) != 0) {
    return false;
  }
  if (!S_ISREG(status.stx_mode)) return true;
  if (end < 0) end = lseek(file, 0, SEEK_CUR);
  return end >= static_cast<std::int64_t>(status.stx_size);
}

}  // namespace violet
