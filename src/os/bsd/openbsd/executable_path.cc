// This system does not tell which file a program was started from. Its first argument does, as far
// as whoever started it followed the custom: a path, or a name that was found in PATH. It is looked
// up again with the directory and the PATH of now.
#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <cstring>

#include "base/allocator.h"
#include "base/error.h"
#include "os/bsd/cut_text.h"
#include "os/bsd/system_value.h"
#include "os/paths.h"
#include "os/posix/environment_block.h"
#include "os/posix/program_search.h"
#include "uv.h"

namespace violet {
namespace {

constexpr std::size_t kFirstCapacity = 1024;
constexpr std::size_t kLastCapacity = 1 << 20;  // More than the system takes.

// The pointers to the arguments, which point into the same block, ended by a null.
Owned<char*> read_arguments() {
  const int name[] = {CTL_KERN, KERN_PROC_ARGS, getpid(), KERN_PROC_ARGV};
  for (std::size_t capacity = kFirstCapacity; capacity <= kLastCapacity; capacity *= 2) {
    Owned<char*> arguments(static_cast<char**>(allocate(capacity)));
    std::size_t size = capacity;
    if (!arguments || system_bytes(name, 4, arguments.get(), size) != 0) break;
    if (size < capacity) return arguments;
  }
  return Owned<char*>();
}

bool is_program(const char* path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

}  // namespace

int executable_path(char* buffer, std::size_t* size) {
  const Owned<char*> arguments = read_arguments();
  if (!arguments || arguments[0] == nullptr) return UV_ENOENT;
  ProgramSearch search;
  if (!search.prepare(arguments[0], arguments.get(), environment_block())) return UV_ENOMEM;
  while (const char* candidate = search.next()) {
    char path[PATH_MAX];
    if (is_program(candidate) && realpath(candidate, path) != nullptr) {
      return write_cut(path, buffer, size);
    }
  }
  return UV_ENOENT;
}

}  // namespace violet
