// By setproctitle(3), which leaves the arguments where they are.
#include "os/process_title.h"

#include <cstring>

#include "base/allocator.h"
#include "os/bsd/shown_title.h"
#include "os/thread.h"
#include "uv.h"

namespace violet {
namespace {

Mutex mutex;
char* title = nullptr;  // Null before there is one, and after it was forgotten.

}  // namespace

char** adopt_arguments(int count, char** arguments) {
  if (count <= 0) return arguments;
  MutexLock lock(mutex);
  if (title == nullptr) title = duplicate_string(arguments[0]);
  return arguments;
}

int set_process_title(const char* text) {
  MutexLock lock(mutex);
  if (title == nullptr) return UV_ENOBUFS;
  char* copy = duplicate_string(text);
  if (copy == nullptr) return UV_ENOMEM;
  release(title);
  title = copy;
  show_title(title);
  return 0;
}

void forget_arguments() {
  MutexLock lock(mutex);
  release(title);
  title = nullptr;
}

int process_title(char* buffer, std::size_t size) {
  MutexLock lock(mutex);
  if (title == nullptr) return UV_ENOBUFS;
  const std::size_t length = std::strlen(title);
  if (size <= length) return UV_ENOBUFS;
  std::memcpy(buffer, title, length + 1);
  return 0;
}

}  // namespace violet
