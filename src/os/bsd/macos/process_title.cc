// This system shows the memory of the arguments as the command line, as Linux does.
#include "os/process_title.h"

#include "os/posix/title_area.h"

namespace violet {

char** adopt_arguments(int count, char** arguments) {
  return take_title_area(count, arguments);
}

int set_process_title(const char* title) {
  std::size_t length;
  return write_title_area(title, &length);
}

void forget_arguments() {
  forget_title_area();
}

int process_title(char* buffer, std::size_t size) {
  return read_title_area(buffer, size);
}

}  // namespace violet
