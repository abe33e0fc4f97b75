#include "os/posix/start_failure.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "base/error.h"
#include "os/open_files.h"
#include "os/posix/opened.h"

namespace violet {
namespace {

enum class ChildMemory : unsigned char { kUntried, kShared, kCopied };
std::atomic<ChildMemory> child_memory{ChildMemory::kUntried};

}  // namespace

int StartFailure::open_pipe(int first_free) {
  uv_file ends[2];
  if (int error = create_pipe(ends, 0, 0); error != 0) return error;
  parent_end_ = OwnedDescriptor(Descriptor::of(ends[0]));
  const OwnedDescriptor too_low(Descriptor::of(ends[1]));
  const int error = take_opened(fcntl(ends[1], F_DUPFD_CLOEXEC, first_free), child_end_);
  // A read end without a writer would look as if the program had started.
  if (error != 0) parent_end_.close();
  return error;
}

int StartFailure::prepare(int first_free) {
  ChildMemory memory =
      by_fork_ ? ChildMemory::kCopied : child_memory.load(std::memory_order_relaxed);
  if (memory == ChildMemory::kShared) return 0;
  pipe_error_ = open_pipe(first_free);
  // Most systems share the memory and need no pipe, so it is no error yet if none could be made.
  return memory == ChildMemory::kCopied ? pipe_error_ : 0;
}

int StartFailure::wait(const ChildStart& start, int pid) {
  ChildMemory memory = start.was_born ? ChildMemory::kShared : ChildMemory::kCopied;
  if (!by_fork_) child_memory.store(memory, std::memory_order_relaxed);
  if (memory == ChildMemory::kShared) return error_from_errno(start.error);
  if (pipe_error_ != 0) {
    // It cannot be known any more whether the program has started.
    kill(pid, SIGKILL);
    return pipe_error_;
  }
  child_end_.close();
  int error = 0;
  ssize_t count = 0;
  do {
    count = read(parent_end_.get().native(), &error, sizeof(error));
  } while (count < 0 && errno == EINTR);
  return count == sizeof(error) ? error_from_errno(error) : 0;
}

}  // namespace violet
