#include "os/output_text.h"
#include "os/process_info.h"
#include "os/process_title.h"
#include "uv.h"

uv_pid_t uv_os_getpid(void) {
  return violet::process_id();
}

uv_pid_t uv_os_getppid(void) {
  return violet::parent_process_id();
}

int uv_os_getpriority(uv_pid_t pid, int* priority) {
  return priority == nullptr ? UV_EINVAL : violet::process_priority(pid, priority);
}

int uv_os_setpriority(uv_pid_t pid, int priority) {
  if (priority < UV_PRIORITY_HIGHEST || priority > UV_PRIORITY_LOW) return UV_EINVAL;
  return violet::set_process_priority(pid, priority);
}

int uv_kill(int pid, int signal) {
  return violet::kill_process(pid, signal);
}

int uv_os_gethostname(char* buffer, size_t* size) {
  if (!violet::is_output(buffer, size)) return UV_EINVAL;
  char name[UV_MAXHOSTNAMESIZE];
  int error = violet::host_name(name, sizeof(name));
  return error < 0 ? error : violet::write_text(name, buffer, size);
}

char** uv_setup_args(int argc, char** argv) {
  return violet::adopt_arguments(argc, argv);
}

int uv_set_process_title(const char* title) {
  return title == nullptr ? UV_EINVAL : violet::set_process_title(title);
}

int uv_get_process_title(char* buffer, size_t size) {
  return buffer == nullptr || size == 0 ? UV_EINVAL : violet::process_title(buffer, size);
}
