// The title of the process is that of its console's window. A copy is kept for processes without a
// console.
#include "os/process_title.h"

#include <windows.h>

#include <cstring>

#include "base/allocator.h"
#include "os/thread.h"
#include "os/windows/wide_text.h"
#include "uv.h"

namespace violet {
namespace {

Mutex mutex;
char* last_title = nullptr;  // guarded by the mutex; null: never set

}  // namespace

char** adopt_arguments(int, char** arguments) {
  return arguments;
}

int set_process_title(const char* title) {
  WideText wide;
  if (int error = wide.assign(title); error != 0) return error;
  char* copy = duplicate_string(title);
  if (copy == nullptr) return UV_ENOMEM;
  MutexLock lock(mutex);
  SetConsoleTitleW(wide.get());
  release(last_title);
  last_title = copy;
  return 0;
}

int process_title(char* buffer, std::size_t size) {
  MutexLock lock(mutex);
  if (last_title != nullptr) {
    const std::size_t length = std::strlen(last_title);
    if (length >= size) return UV_ENOBUFS;
    std::memcpy(buffer, last_title, length + 1);
    return 0;
  }
  WideText title;
  title.get()[0] = L'\0';
  const int error = fill_wide(title, [](wchar_t* text, DWORD capacity) {
    SetLastError(ERROR_SUCCESS);
    return GetConsoleTitleW(text, capacity);
  });
  if (error != 0) return error;
  return write_wide_text(title.get(), buffer, &size);
}

void forget_arguments() {
  MutexLock lock(mutex);
  release(last_title);
  last_title = nullptr;
}

}  // namespace violet
