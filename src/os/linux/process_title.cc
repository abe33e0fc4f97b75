#include "os/process_title.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>

#include "base/allocator.h"
#include "os/thread.h"
#include "uv.h"

namespace violet {
namespace {

// The memory in which the kernel laid the arguments end to end. It shows that memory as the command
// line of the process, whatever stands there.
struct TitleArea {
  char* start = nullptr;
  std::size_t capacity = 0;  // With the terminator.
  std::size_t length = 0;
};

Mutex mutex;
TitleArea area;
// Keeps the copy reachable, for the program may drop its only pointer to it.
char** adopted = nullptr;

// Arguments that a program made up itself need not be neighbours; only those that are count.
std::size_t contiguous_size(int count, char** arguments) {
  char* end = arguments[0];
  for (int i = 0; i < count && arguments[i] == end; ++i)
    end += std::strlen(end) + 1;
  return static_cast<std::size_t>(end - arguments[0]);
}

// The pointers and, behind them, the strings in one block.
char** copy_arguments(int count, char** arguments) {
  std::size_t pointers = static_cast<std::size_t>(count) + 1;
  std::size_t text_size = 0;
  for (int i = 0; i < count; ++i)
    text_size += std::strlen(arguments[i]) + 1;
  char** copy = static_cast<char**>(allocate(pointers * sizeof(char*) + text_size));
  if (copy == nullptr) return nullptr;
  char* text = reinterpret_cast<char*>(copy + pointers);
  for (int i = 0; i < count; ++i) {
    std::size_t size = std::strlen(arguments[i]) + 1;
    std::memcpy(text, arguments[i], size);
    copy[i] = text;
    text += size;
  }
  copy[count] = nullptr;
  return copy;
}

// The short name, which ps shows without options. Written through /proc because prctl() would name
// the calling thread instead of the process.
void set_short_name(const char* title, std::size_t length) {
  int descriptor = open("/proc/self/comm", O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  // It is only decoration: a kernel that refuses it changes nothing.
  [[maybe_unused]] ssize_t written = write(descriptor, title, length);
  close(descriptor);
}

}  // namespace

char** adopt_arguments(int count, char** arguments) {
  if (count <= 0) return arguments;
  MutexLock lock(mutex);
  if (area.start != nullptr) return arguments;
  char** copy = copy_arguments(count, arguments);
  if (copy == nullptr) return arguments;
  area = {arguments[0], contiguous_size(count, arguments), std::strlen(arguments[0])};
  adopted = copy;
  return copy;
}

int set_process_title(const char* title) {
  MutexLock lock(mutex);
  if (area.start == nullptr) return UV_ENOBUFS;
  std::size_t length = strnlen(title, area.capacity - 1);
  std::memcpy(area.start, title, length);
  // Zeros to the end, or the rest of the old arguments would still show.
  std::memset(area.start + length, 0, area.capacity - length);
  area.length = length;
  set_short_name(area.start, length);
  return 0;
}

void forget_arguments() {
  MutexLock lock(mutex);
  release(adopted);
  adopted = nullptr;
  area = {};
}

int process_title(char* buffer, std::size_t size) {
  MutexLock lock(mutex);
  if (area.start == nullptr || size <= area.length) return UV_ENOBUFS;
  std::memcpy(buffer, area.start, area.length);
  buffer[area.length] = '\0';
  return 0;
}

}  // namespace violet
