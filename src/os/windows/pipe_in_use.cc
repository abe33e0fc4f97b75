#include "os/windows/pipe_in_use.h"

#include <atomic>
#include <cstddef>

#include "os/thread.h"

namespace violet {
namespace {

Mutex mutex;
List uses;  // guarded by the mutex; by PipeInUse::link
// Most programs have none.
std::atomic<std::size_t> count{0};

}  // namespace

void note_pipe_in_use(PipeInUse& use, HANDLE pipe) {
  const MutexLock lock(mutex);
  if (uses.head.next == nullptr) uses.reset();
  use.pipe = pipe;
  uses.push_back(use.link);
  count.fetch_add(1, std::memory_order_relaxed);
}

void forget_pipe_in_use(PipeInUse& use) {
  const MutexLock lock(mutex);
  if (!use.link.linked()) return;
  use.link.unlink();
  count.fetch_sub(1, std::memory_order_relaxed);
}

bool is_pipe_in_use(HANDLE pipe) {
  if (count.load(std::memory_order_relaxed) == 0) return false;
  const MutexLock lock(mutex);
  for (ListNode* node = uses.head.next; node != &uses.head; node = node->next) {
    if (object_from_member<PipeInUse>(node, offsetof(PipeInUse, link)).pipe == pipe) return true;
  }
  return false;
}

DWORD type_of_file(HANDLE file) {
  return is_pipe_in_use(file) ? FILE_TYPE_PIPE : GetFileType(file);
}

}  // namespace violet
