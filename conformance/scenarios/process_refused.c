/*
 * A uv_spawn() whose arguments are refused leaves nothing in the loop: the program may free the
 * handle at once, or close it.
 *
 * rules: PROC-07
 * needs: uv_thread_setname
 * total: spawn(status=EINVAL), refused(walked=0), freed(walked=0), closed
 */
#include "trace.h"

static int walked;

static void on_walk(uv_handle_t* handle, void* arg) {
  (void)handle;
  (void)arg;
  ++walked;
}

static void look(uv_loop_t* loop, const char* event) {
  walked = 0;
  uv_walk(loop, on_walk, NULL);
  trace_int(event, "walked", walked);
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void scenario(uv_loop_t* loop) {
  static uv_process_t closed;
  uv_process_t* freed = (uv_process_t*)malloc(sizeof *freed);
  char* args[2] = {(char*)"true", NULL};
  uv_stdio_container_t container;
  uv_process_options_t options;
  check(freed != NULL);
  memset(&options, 0, sizeof options);
  container.flags = UV_INHERIT_FD;
  container.data.fd = -1;
  options.file = args[0];
  options.args = args;
  options.stdio = &container;
  options.stdio_count = 1;
  trace_status("spawn", uv_spawn(loop, freed, &options));
  look(loop, "refused");
  memset(freed, 0xA5, sizeof *freed);
  free(freed);
  look(loop, "freed");
  check(uv_spawn(loop, &closed, &options) == UV_EINVAL);
  uv_close((uv_handle_t*)&closed, on_closed);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
