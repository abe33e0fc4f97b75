#include "os/file.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/error.h"
#include "os/posix/repeat.h"

namespace violet {
namespace {

// uv_buf_t is laid out like struct iovec on Unix.
static_assert(sizeof(uv_buf_t) == sizeof(iovec));
static_assert(offsetof(uv_buf_t, base) == offsetof(iovec, iov_base));
static_assert(offsetof(uv_buf_t, len) == offsetof(iovec, iov_len));

// What the kernel takes in one call.
constexpr unsigned int kMaxBuffers = IOV_MAX;

struct Part {
  const uv_buf_t* buffers;
  unsigned int count;
  std::int64_t offset;

  const iovec* vector() const { return reinterpret_cast<const iovec*>(buffers); }
  int vector_length() const { return static_cast<int>(count); }
};

std::int64_t read_part(uv_file file, const Part& part) {
  const uv_buf_t& first = *part.buffers;
  if (part.offset < 0) {
    if (part.count == 1) return repeat([&] { return read(file, first.base, first.len); });
    return repeat([&] { return readv(file, part.vector(), part.vector_length()); });
  }
  if (part.count == 1)
    return repeat([&] { return pread(file, first.base, first.len, part.offset); });
  return repeat([&] { return preadv(file, part.vector(), part.vector_length(), part.offset); });
}

std::int64_t write_part(uv_file file, const Part& part) {
  const uv_buf_t& first = *part.buffers;
  if (part.offset < 0) {
    if (part.count == 1) return repeat([&] { return write(file, first.base, first.len); });
    return repeat([&] { return writev(file, part.vector(), part.vector_length()); });
  }
  if (part.count == 1) {
    return repeat([&] { return pwrite(file, first.base, first.len, part.offset); });
  }
  return repeat([&] { return pwritev(file, part.vector(), part.vector_length(), part.offset); });
}

// What remains of a list of buffers, whose first may have been written in part. The list itself is
// the caller's and stays as it is.
class Remaining {
 public:
  Remaining(const uv_buf_t* buffers, unsigned int count, std::int64_t offset)
      : buffers_(buffers), count_(count), offset_(offset) {}

  bool empty() const { return count_ == 0; }

  // As much as one call takes.
  Part next() {
    if (begun_ == 0) return {buffers_, count_ < kMaxBuffers ? count_ : kMaxBuffers, offset_};
    rest_of_first_ = {buffers_->base + begun_, buffers_->len - begun_};
    return {&rest_of_first_, 1, offset_};
  }

  void advance(std::int64_t size) {
    if (offset_ >= 0) offset_ += size;
    begun_ += static_cast<std::size_t>(size);
    while (count_ > 0 && begun_ >= buffers_->len) {
      begun_ -= buffers_->len;
      ++buffers_;
      --count_;
    }
  }

 private:
  const uv_buf_t* buffers_;
  unsigned int count_;
  std::int64_t offset_;
  std::size_t begun_ = 0;
  uv_buf_t rest_of_first_ = {};
};

// A signal ends a write to a pipe, socket or terminal early: there is room for the rest. A regular
// file that took less has none, and asking it again at the process's limit (RLIMIT_FSIZE) would
// raise SIGXFSZ.
bool may_take_more(uv_file file) {
  struct stat status;
  return fstat(file, &status) == 0 && !S_ISREG(status.st_mode);
}

std::int64_t size_of(const Part& part) {
  std::size_t size = 0;
  for (unsigned int i = 0; i < part.count; ++i)
    size += part.buffers[i].len;
  return static_cast<std::int64_t>(size);
}

}  // namespace

int open_file(const char* path, int flags, int mode, uv_file& opened) {
  const int result = repeat_int([&] { return open(path, flags | O_CLOEXEC, mode); });
  if (result < 0) return result;
  opened = result;
  return 0;
}

int close_file(uv_file file) {
  // The descriptor is gone even if close(2) was interrupted; closing again could hit another file
  // that has got the same number meanwhile.
  if (close(file) == 0 || errno == EINTR || errno == EINPROGRESS) return 0;
  return last_error();
}

std::int64_t read_file(uv_file file, const uv_buf_t* buffers, unsigned int count,
                       std::int64_t offset) {
  return read_part(file, {buffers, count < kMaxBuffers ? count : kMaxBuffers, offset});
}

std::int64_t write_file(uv_file file, const uv_buf_t* buffers, unsigned int count,
                        std::int64_t offset) {
  Remaining remaining(buffers, count, offset);
  std::int64_t total = 0;
  do {
    const Part part = remaining.next();
    const std::int64_t written = write_part(file, part);
    // An error after some bytes were written is left for the next call to meet.
    if (written < 0) return total > 0 ? total : written;
    total += written;
    const bool is_short = written < size_of(part);
    if (is_short && (written == 0 || !may_take_more(file))) return total;
    remaining.advance(written);
  } while (!remaining.empty());
  return total;
}

int truncate_file(uv_file file, std::int64_t length) {
  return repeat_int([&] { return ftruncate(file, length); });
}

}  // namespace violet
