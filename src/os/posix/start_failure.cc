#include "os/posix/start_failure.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "os/open_files.h"
#include "os/posix/opened.h"

namespace violet {
namespace {

enum class ChildMemory : unsigned char { kUntried, kShared, kCopied };
std::atomic<ChildMemory> child_memory{ChildMemory::kUntried};

}  // namespace

int StartFailure::prepare(int first_free) {
  ChildMemory memory =
      by_fork_ ? ChildMemory::kCopied : child_memory.load(std::memory_order_relaxed);
  if (memory == ChildMemory::kShared) return 0;
  uv_file ends[2];
  int error = create_pipe(ends, 0, 0);
  if (error == 0) {
    parent_end_ = OwnedDescriptor(Descriptor::of(ends[0]));
    const OwnedDescriptor too_low(Descriptor::of(ends[1]));
    error = take_opened(fcntl(ends[1], F_DUPFD_CLOEXEC, first_free), child_end_);
  }
  // Most systems share the memory: a want of descriptors is no reason yet not to try.
  return memory == ChildMemory::kCopied ? error : 0;
}

int StartFailure::wait(const ChildStart& start) {
  ChildMemory memory = start.was_born ? ChildMemory::kShared : ChildMemory::kCopied;
  if (!by_fork_) child_memory.store(memory, std::memory_order_relaxed);
  if (memory == ChildMemory::kShared) return start.error;
  child_end_.close();
  int error = 0;
  ssize_t count = 0;
  do {
    count = read(parent_end_.get().native(), &error, sizeof(error));
  } while (count < 0 && errno == EINTR);
  return count == sizeof(error) ? error : 0;
}

}  // namespace violet
