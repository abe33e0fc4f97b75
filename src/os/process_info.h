// This process and its priority, the resources it used, and the system it runs on.
#pragma once

#include "uv.h"

namespace violet {

uv_pid_t process_id();
uv_pid_t parent_process_id();
// All of these: 0 or a negative UV_E*.
int process_priority(uv_pid_t pid, int* priority);
int set_process_priority(uv_pid_t pid, int priority);
int kill_process(int pid, int signal);
int process_usage(uv_rusage_t* usage);
int thread_usage(uv_rusage_t* usage);
int system_name(uv_utsname_t* name);
int host_name(char* buffer, std::size_t size);

}  // namespace violet
