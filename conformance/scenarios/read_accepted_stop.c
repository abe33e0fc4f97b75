/*
 * On an accepted connection: what has come and was not read when uv_read_stop() is called stays, in
 * order, also when the buffers are small and more comes while nobody reads.
 *
 * rules: READ-04, READ-05, READ-06
 * total: part(text=abc), stopped, part(text=def), part(text=ghi), part(text=jkl), all
 */
#include "connected.h"

static uv_tcp_t client;
static uv_tcp_t accepted;
static char memory[4];
static int parts;

static void give_three(uv_handle_t* handle, size_t size, uv_buf_t* buf) {
  (void)handle;
  (void)size;
  *buf = uv_buf_init(memory, 3);
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  if (nread == 0) return;
  check(nread == 3);
  memory[3] = 0;
  trace_text("part", "text", memory);
  if (++parts == 1 || parts == 4) must(uv_read_stop(handle));
}

static void send_to_accepted(const char* text) {
  uv_buf_t buf = uv_buf_init((char*)text, (unsigned int)strlen(text));
  check(uv_try_write((uv_stream_t*)&client, &buf, 1) == (int)buf.len);
}

static void scenario(uv_loop_t* loop) {
  int i;
  tcp_connected(loop, &client, &accepted);
  must(uv_read_start((uv_stream_t*)&accepted, give_three, on_read));
  must(uv_run(loop, UV_RUN_NOWAIT));
  send_to_accepted("abc");
  send_to_accepted("def");
  while (parts == 0)
    must(uv_run(loop, UV_RUN_ONCE));
  send_to_accepted("ghijkl");
  for (i = 0; i < 3; i++)
    must(uv_run(loop, UV_RUN_NOWAIT));
  trace("stopped");
  must(uv_read_start((uv_stream_t*)&accepted, give_three, on_read));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace("all");
}
