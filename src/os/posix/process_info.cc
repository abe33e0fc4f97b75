#include "os/process_info.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace violet {
namespace {

template <std::size_t size>
void copy_cut(char (&target)[size], const char* source) {
  std::size_t length = std::min(std::strlen(source), size - 1);
  std::memcpy(target, source, length);
  target[length] = '\0';
}

}  // namespace

uv_pid_t process_id() {
  return getpid();
}

uv_pid_t parent_process_id() {
  return getppid();
}

int process_priority(uv_pid_t pid, int* priority) {
  // -1 is a valid priority as well as the sign of an error.
  errno = 0;
  int value = getpriority(PRIO_PROCESS, static_cast<id_t>(pid));
  if (value == -1 && errno != 0) return last_error();
  *priority = value;
  return 0;
}

int set_process_priority(uv_pid_t pid, int priority) {
  return setpriority(PRIO_PROCESS, static_cast<id_t>(pid), priority) == 0 ? 0 : last_error();
}

int kill_process(int pid, int signal) {
  return kill(pid, signal) == 0 ? 0 : last_error();
}

int system_name(uv_utsname_t* name) {
  utsname system;
  if (uname(&system) == -1) return last_error();
  copy_cut(name->sysname, system.sysname);
  copy_cut(name->release, system.release);
  copy_cut(name->version, system.version);
  copy_cut(name->machine, system.machine);
  return 0;
}

int host_name(char* buffer, std::size_t size) {
  if (gethostname(buffer, size) != 0) return last_error();
  buffer[size - 1] = '\0';
  return 0;
}

}  // namespace violet
