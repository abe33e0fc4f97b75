#include <unistd.h>

#include "base/error.h"
#include "os/paths.h"

namespace violet {

int executable_path(char* buffer, std::size_t* size) {
  ssize_t length = 0;
  // readlink() refuses a buffer without room, which is all that a terminator leaves of one byte.
  if (*size > 1) length = readlink("/proc/self/exe", buffer, *size - 1);
  if (length < 0) return last_error();
  buffer[length] = '\0';
  *size = static_cast<std::size_t>(length);
  return 0;
}

}  // namespace violet
