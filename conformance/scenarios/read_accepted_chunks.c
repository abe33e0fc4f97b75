/*
 * What came in several pieces while nobody read, more of them than one, is delivered in order and
 * byte by byte when reading goes on, then what comes later, then the end. (With buffers of three
 * bytes an engine that receives ahead holds many pieces of each stream.)
 *
 * rules: READ-05, READ-06, READ-09
 * env: VIOLET_URING_BUFFER_SIZE=3
 * total: read(text=a), held, read(text=bcdefghijklmnop), end
 */
#include "connected.h"

static uv_tcp_t client;
static uv_tcp_t accepted;
static uv_shutdown_t request;
static char text[64];
static char memory[5];
static size_t length;
static size_t awaited;
static size_t limit;

static void give_little(uv_handle_t* handle, size_t size, uv_buf_t* buf) {
  (void)handle;
  (void)size;
  *buf = uv_buf_init(memory, (unsigned int)limit);
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)handle;
  if (nread == UV_EOF) {
    trace("end");
    return;
  }
  check(nread >= 0 && length + (size_t)nread < sizeof text);
  memcpy(text + length, buf->base, (size_t)nread);
  length += (size_t)nread;
  if (length == awaited) {
    trace_text("read", "text", text);
    memset(text, 0, sizeof text);
    length = 0;
    must(uv_read_stop(handle));
  }
}

static void send_to_accepted(const char* bytes) {
  uv_buf_t buf = uv_buf_init((char*)bytes, (unsigned int)strlen(bytes));
  check(uv_try_write((uv_stream_t*)&client, &buf, 1) == (int)buf.len);
}

static void read_until(uv_loop_t* loop, size_t size, size_t at_once) {
  awaited = size;
  limit = at_once;
  must(uv_read_start((uv_stream_t*)&accepted, give_little, on_read));
  must(uv_run(loop, UV_RUN_DEFAULT));
}

static void scenario(uv_loop_t* loop) {
  tcp_connected(loop, &client, &accepted);
  send_to_accepted("abcdefghijkl");
  read_until(loop, 1, 1);
  must(uv_run(loop, UV_RUN_NOWAIT));
  send_to_accepted("mnop");
  must(uv_run(loop, UV_RUN_NOWAIT));
  trace("held");
  read_until(loop, 15, 5);
  must(uv_shutdown(&request, (uv_stream_t*)&client, NULL));
  read_until(loop, 1, 5);
}
