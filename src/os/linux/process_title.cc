#include "os/process_title.h"

#include <fcntl.h>
#include <unistd.h>

#include "os/posix/title_area.h"

namespace violet {
namespace {

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
  return take_title_area(count, arguments);
}

int set_process_title(const char* title) {
  std::size_t length;
  const int error = write_title_area(title, &length);
  if (error == 0) set_short_name(title, length);
  return error;
}

void forget_arguments() {
  forget_title_area();
}

int process_title(char* buffer, std::size_t size) {
  return read_title_area(buffer, size);
}

}  // namespace violet
