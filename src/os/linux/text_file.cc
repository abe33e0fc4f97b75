#include "os/linux/text_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"

namespace violet {
namespace {

constexpr std::size_t kFirstCapacity = 4096;

// Reads until the end or until the buffer is full. The length or a negative UV_E*.
ssize_t read_all(int descriptor, char* buffer, std::size_t size) {
  std::size_t length = 0;
  while (length < size) {
    ssize_t count = read(descriptor, buffer + length, size - length);
    if (count == 0) break;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return last_error();
    length += static_cast<std::size_t>(count);
  }
  return static_cast<ssize_t>(length);
}

int open_for_reading(const char* path) {
  return open(path, O_RDONLY | O_CLOEXEC);
}

}  // namespace

int read_text_file(const char* path, char* buffer, std::size_t size) {
  int descriptor = open_for_reading(path);
  if (descriptor < 0) return last_error();
  ssize_t length = read_all(descriptor, buffer, size - 1);
  close(descriptor);
  if (length >= 0) buffer[length] = '\0';
  return static_cast<int>(length);
}

Owned<char> read_whole_text_file(const char* path) {
  int descriptor = open_for_reading(path);
  if (descriptor < 0) return Owned<char>();
  Owned<char> text;
  std::size_t length = 0;
  for (std::size_t capacity = kFirstCapacity;; capacity *= 2) {
    char* grown = static_cast<char*>(reallocate(text.get(), capacity));
    if (grown == nullptr) break;
    text.take();
    text = Owned<char>(grown);
    ssize_t count = read_all(descriptor, grown + length, capacity - length - 1);
    if (count < 0) break;
    length += static_cast<std::size_t>(count);
    if (length == capacity - 1) continue;
    grown[length] = '\0';
    close(descriptor);
    return text;
  }
  close(descriptor);
  return Owned<char>();
}

}  // namespace violet
