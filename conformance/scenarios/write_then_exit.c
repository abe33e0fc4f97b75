/*
 * Whatever a process has written arrives when it ends by exit(), before the loop has run or in a
 * callback; a child that it forked adds nothing when it ends.
 *
 * rules: WRITE-24
 * total: before(bytes=20), callback(bytes=20), forked(bytes=20)
 */
#include "pairs.h"

#include <sys/wait.h>

static const char* place;
static uv_pipe_t stream;
static uv_write_t requests[20];

static void write_all(void) {
  static char bytes[20];
  for (int i = 0; i < 20; i++) {
    uv_buf_t buf = uv_buf_init(&bytes[i], 1);
    must(uv_write(&requests[i], (uv_stream_t*)&stream, &buf, 1, NULL));
  }
}

static void on_timer(uv_timer_t* timer) {
  (void)timer;
  write_all();
  exit(0);
}

static void write_and_exit(int end) {
  uv_loop_t loop;
  uv_timer_t timer;
  int status;
  pid_t child;
  must(uv_loop_init(&loop));
  must(uv_pipe_init(&loop, &stream, 0));
  must(uv_pipe_open(&stream, end));
  if (strcmp(place, "callback") == 0) {
    must(uv_timer_init(&loop, &timer));
    must(uv_timer_start(&timer, on_timer, 0, 0));
    uv_run(&loop, UV_RUN_DEFAULT);
  }
  write_all();
  if (strcmp(place, "forked") == 0) {
    child = fork();
    if (child == 0) exit(0);
    check(waitpid(child, &status, 0) == child && status == 0);
  }
  exit(0);
}

static void scenario(uv_loop_t* loop) {
  static const char* places[] = {"before", "callback", "forked"};
  (void)loop;
  for (int i = 0; i < 3; i++) {
    char memory[64];
    int ends[2];
    int count = 0;
    int status;
    ssize_t got;
    place = places[i];
    local_sockets(ends);
    pid_t child = fork();
    if (child == 0) write_and_exit(ends[0]);
    close(ends[0]);
    while ((got = read(ends[1], memory, sizeof memory)) > 0)
      count += (int)got;
    check(waitpid(child, &status, 0) == child && status == 0);
    trace_int(place, "bytes", count);
    close(ends[1]);
  }
}
