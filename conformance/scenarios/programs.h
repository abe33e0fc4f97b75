/** Programs of the system that a scenario can start. */
#ifndef PROGRAMS_H_
#define PROGRAMS_H_

#include "pairs.h"

#if !defined(_WIN32)
#include <sys/wait.h>
#endif

#if defined(_WIN32)
#define SHELL "cmd"
#define SHELL_TAKES "/c"
#else
#define SHELL "/bin/sh"
#define SHELL_TAKES "-c"
#endif

/** The system's shell with a command that every shell knows. Its arguments stay until the next. */
TRACE_HELPER uv_process_options_t shell_options(const char* command, uv_exit_cb cb) {
  static char* arguments[4];
  uv_process_options_t options;
  arguments[0] = (char*)SHELL;
  arguments[1] = (char*)SHELL_TAKES;
  arguments[2] = (char*)command;
  memset(&options, 0, sizeof options);
  options.file = SHELL;
  options.args = arguments;
  options.exit_cb = cb;
  return options;
}

/** A shell that waits for commands from `input`, and ends with that. */
TRACE_HELPER void start_waiting_shell(uv_loop_t* loop, uv_process_t* process, uv_pipe_t* input,
                                      uv_exit_cb cb) {
  char* arguments[2] = {(char*)SHELL, NULL};
  uv_process_options_t options;
  uv_stdio_container_t stdio[1];
  must(uv_pipe_init(loop, input, 0));
  stdio[0].flags = (uv_stdio_flags)(UV_CREATE_PIPE | UV_READABLE_PIPE);
  stdio[0].data.stream = (uv_stream_t*)input;
  memset(&options, 0, sizeof options);
  options.file = SHELL;
  options.args = arguments;
  options.exit_cb = cb;
  options.stdio = stdio;
  options.stdio_count = 1;
  must(uv_spawn(loop, process, &options));
}

/** Whether the child has ended, or does so while we wait; its exit status is left to the loop. */
#if defined(_WIN32)
TRACE_HELPER int ends_within(int child, DWORD milliseconds) {
  HANDLE process = OpenProcess(SYNCHRONIZE, FALSE, (DWORD)child);
  int has_ended = process == NULL || WaitForSingleObject(process, milliseconds) == WAIT_OBJECT_0;
  if (process != NULL) CloseHandle(process);
  return has_ended;
}
TRACE_HELPER int has_ended(int child) {
  return ends_within(child, 0);
}
TRACE_HELPER void wait_for_its_end(int child) {
  check(ends_within(child, INFINITE));
}
#else
TRACE_HELPER int has_ended(int child) {
  siginfo_t info;
  memset(&info, 0, sizeof info);
  return waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) < 0 || info.si_pid != 0;
}
TRACE_HELPER void wait_for_its_end(int child) {
  siginfo_t info;
  check(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) == 0);
}
#endif

static char output_line[16];
static size_t output_size;

/** Keeps what a child told; 0 at the end. */
TRACE_HELPER int keep_output(ssize_t nread, const uv_buf_t* buf) {
  if (nread < 0) {
    check(nread == UV_EOF);
    return 0;
  }
  check(output_size + (size_t)nread < sizeof output_line);
  memcpy(output_line + output_size, buf->base, (size_t)nread);
  output_size += (size_t)nread;
  return 1;
}

/** The one line, without what ends it, which differs. */
TRACE_HELPER const char* line_of_output(void) {
  output_line[strcspn(output_line, "\r\n")] = 0;
  return output_line;
}

/** A shell's command, and a pipe from its output. */
TRACE_HELPER void start_telling_shell(uv_loop_t* loop, uv_process_t* process, uv_pipe_t* output,
                                      const char* command, uv_exit_cb exit_cb, uv_read_cb read_cb) {
  uv_process_options_t options = shell_options(command, exit_cb);
  uv_stdio_container_t stdio[2];
  must(uv_pipe_init(loop, output, 0));
  stdio[0].flags = UV_IGNORE;
  stdio[1].flags = (uv_stdio_flags)(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
  stdio[1].data.stream = (uv_stream_t*)output;
  options.stdio = stdio;
  options.stdio_count = 2;
  must(uv_spawn(loop, process, &options));
  must(uv_read_start((uv_stream_t*)output, give_buffer, read_cb));
}

#endif /* PROGRAMS_H_ */
