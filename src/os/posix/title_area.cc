#include "os/posix/title_area.h"

#include <cstring>

#include "base/allocator.h"
#include "os/thread.h"
#include "uv.h"

namespace violet {
namespace {

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

}  // namespace

char** take_title_area(int count, char** arguments) {
  if (count <= 0) return arguments;
  MutexLock lock(mutex);
  if (area.start != nullptr) return arguments;
  char** copy = copy_arguments(count, arguments);
  if (copy == nullptr) return arguments;
  area = {arguments[0], contiguous_size(count, arguments), std::strlen(arguments[0])};
  adopted = copy;
  return copy;
}

int write_title_area(const char* title, std::size_t* length) {
  MutexLock lock(mutex);
  if (area.start == nullptr) return UV_ENOBUFS;
  area.length = strnlen(title, area.capacity - 1);
  std::memcpy(area.start, title, area.length);
  // Zeros to the end, or the rest of the old arguments would still show.
  std::memset(area.start + area.length, 0, area.capacity - area.length);
  *length = area.length;
  return 0;
}

int read_title_area(char* buffer, std::size_t size) {
  MutexLock lock(mutex);
  if (area.start == nullptr || size <= area.length) return UV_ENOBUFS;
  std::memcpy(buffer, area.start, area.length);
  buffer[area.length] = '\0';
  return 0;
}

void forget_title_area() {
  MutexLock lock(mutex);
  release(adopted);
  adopted = nullptr;
  area = {};
}

}  // namespace violet
