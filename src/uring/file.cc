#include "uring/file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

#include <cassert>
#include <cstddef>

#include "uring/key.h"

namespace violet {
namespace {

constexpr unsigned int kEntries = 256;
// readv(2) takes no more.
constexpr unsigned int kMaxVector = 1024;

// Reading anything else (pipes, terminals) may wait for ever, or is subject to O_NONBLOCK.
bool is_on_disk(Descriptor file) {
  struct statx status;
  if (statx(file.native(), "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE, &status) != 0)
    return false;
  return S_ISREG(status.stx_mode) || S_ISBLK(status.stx_mode);
}

}  // namespace

bool FileRing::open() {
  if (ring_.is_open()) return true;
  if (refused_) return false;
  refused_ = ring_.open(kEntries, 0, false) != 0;
  if (!refused_ && ring_.enable() != 0) {
    ring_.close();
    refused_ = true;
  }
  return !refused_;
}

Submitted FileRing::submit(Op& op, const ReadArgument& read) {
  // Reads from the file's current position are left to the pool: io_uring takes the position when a
  // read begins and moves it when it ends, so two reads at once get the same bytes. With read(2)
  // each byte goes to one reader.
  if (read.offset < 0 || !is_on_disk(read.file) || !open()) return Submitted::kNeedsThreadPool;
  io_uring_sqe* entry = ring_.next_entry();
  if (entry == nullptr) return Submitted::kNeedsThreadPool;
  assert(!op.pending && !op.ready.link.linked());
  const int file = read.file.native();
  const std::uint64_t offset = static_cast<std::uint64_t>(read.offset);
  if (read.count == 1) {
    io_uring_prep_read(entry, file, read.buffers->base,
                       static_cast<unsigned int>(read.buffers->len), offset);
  } else {
    io_uring_prep_readv(entry, file, reinterpret_cast<const iovec*>(read.buffers),
                        read.count < kMaxVector ? read.count : kMaxVector, offset);
  }
  entry->user_data = reinterpret_cast<std::uintptr_t>(&op);
  op.pending = true;
  under_way_.push_back(op.ready.link);
  return Submitted::kPending;
}

void FileRing::flush() {
  if (ring_.is_open() && ring_.has_unsubmitted()) ring_.submit();
}

void FileRing::reap(ReadyList& ready) {
  bool is_first = true;
  while (!under_way_.empty()) {
    unsigned int count = ring_.reap([&](std::uint64_t data, std::int32_t result, std::uint32_t) {
      end(*reinterpret_cast<Op*>(data), result, ready);
    });
    // Completions that overflowed the queue stay in the kernel until an enter fetches them.
    // Meanwhile the ring's descriptor polls readable, and the loop would wake up again and again
    // and find nothing.
    if (!ring_.has_overflowed() || (count == 0 && !is_first)) return;
    ring_.submit();
    is_first = false;
  }
}

void FileRing::watch_with(Ring& loop_ring) {
  if (is_watched_ || under_way_.empty()) return;
  io_uring_sqe* entry = loop_ring.next_entry();
  if (entry == nullptr) return;
  io_uring_prep_poll_add(entry, ring_.fd(), POLLIN);
  entry->user_data = Key{Completion::kFiles, 0, 0, 0}.packed();
  is_watched_ = true;
}

void FileRing::end(Op& op, std::int32_t result, ReadyList& ready) {
  assert(op.pending);
  op.ready.link.unlink();
  op.result = result;
  op.pending = false;
  ready.push_back(op.ready);
}

void FileRing::leave_parent(ReadyList& ready) {
  while (!under_way_.empty())
    end(object_from_member<Op>(under_way_.front(), offsetof(Op, ready)), UV_ECANCELED, ready);
  ring_.close();
}

}  // namespace violet
