/*
 * While a write waits, uv_try_write() does not overtake it, also when the other side has made room
 * since.
 *
 * rules: WRITE-05
 * total: try(status=EAGAIN), write(status=OK), in-order(right=1)
 */
#include "pairs.h"

static uv_pipe_t left;
static uv_write_t request;
static char much[4 * 1024 * 1024];
static char memory[sizeof much];
static size_t count;
static int peer;

static void on_write(uv_write_t* write_request, int status) {
  (void)write_request;
  trace_status("write", status);
}

/* Empties the socket without the loop. */
static void read_what_is_there(void) {
  ssize_t got;
  while ((got = recv(peer, memory + count, sizeof memory - count, MSG_DONTWAIT)) > 0)
    count += (size_t)got;
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init(much, sizeof much);
  uv_buf_t other = uv_buf_init((char*)"other", 5);
  memset(much, 'a', sizeof much);
  peer = pipe_and_peer(loop, &left);
  must(uv_write(&request, (uv_stream_t*)&left, &buf, 1, on_write));
  must(uv_run(loop, UV_RUN_NOWAIT));
  read_what_is_there();
  trace_status("try", uv_try_write((uv_stream_t*)&left, &other, 1));
  while (uv_run(loop, UV_RUN_NOWAIT) != 0)
    read_what_is_there();
  read_what_is_there();
  trace_int("in-order", "right", count == sizeof much && memcmp(memory, much, count) == 0);
  close(peer);
}
