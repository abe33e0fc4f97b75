/* A program with a loop that tests start on Windows.
 *   --copy FROM TO           copies from one descriptor to another, both pipes, until the end
 *   [--detached] PROGRAM     starts the program, which is to wait, tells its number and ends at
 * once */
#include <uv.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uv_pipe_t from;
static uv_pipe_t to;
static int status;

static int start_waiting(char* program, unsigned int flags) {
  char* command[] = {program, "--wait", NULL};
  uv_process_options_t options;
  uv_process_t process;
  memset(&options, 0, sizeof(options));
  options.file = program;
  options.args = command;
  options.flags = flags;
  if (uv_spawn(uv_default_loop(), &process, &options) != 0) return 1;
  printf("%d", uv_process_get_pid(&process));
  return 0;
}

static void on_alloc(uv_handle_t* handle, size_t suggested, uv_buf_t* buffer) {
  (void)handle;
  *buffer = uv_buf_init(malloc(suggested), (unsigned int)suggested);
}

static void on_written(uv_write_t* request, int error) {
  if (error != 0) status = 2;
  free(request->data);
  free(request);
}

static void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  uv_write_t* request;
  uv_buf_t bytes;
  if (count <= 0) {
    if (count < 0) uv_close((uv_handle_t*)stream, NULL);
    if (count < 0 && count != UV_EOF) status = 3;
    free(buffer->base);
    return;
  }
  request = malloc(sizeof(*request));
  request->data = buffer->base;
  bytes = uv_buf_init(buffer->base, (unsigned int)count);
  if (uv_write(request, (uv_stream_t*)&to, &bytes, 1, on_written) != 0) status = 4;
}

static int copy(int source, int target) {
  uv_loop_t* loop = uv_default_loop();
  if (uv_pipe_init(loop, &from, 0) != 0 || uv_pipe_open(&from, source) != 0) return 5;
  if (uv_pipe_init(loop, &to, 0) != 0 || uv_pipe_open(&to, target) != 0) return 6;
  if (uv_read_start((uv_stream_t*)&from, on_alloc, on_read) != 0) return 7;
  uv_run(loop, UV_RUN_DEFAULT);
  return status;
}

int main(int count, char** arguments) {
  const int is_detached = count > 2 && strcmp(arguments[1], "--detached") == 0;
  if (count > 3 && strcmp(arguments[1], "--copy") == 0) {
    return copy(atoi(arguments[2]), atoi(arguments[3]));
  }
  return start_waiting(arguments[count - 1], is_detached ? UV_PROCESS_DETACHED : 0);
}
