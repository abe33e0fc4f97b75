/*
 * An opened socket that is connected with writes under way: the writes fail, as there was no
 * connection, and the connect has its own result; each callback runs once.
 *
 * rules: CONN-18
 * count: connected(status=OK) = 1
 * count: wrote(status=EPIPE) = 20
 * count: closed = 1
 * order: connected(status=OK) < closed
 */
#include "pairs.h"

/* More than an engine that keeps no writes offers to the kernel at once. */
enum { kWrites = 20 };

static uv_tcp_t server;
static uv_tcp_t stream;
static uv_connect_t connecting;
static uv_write_t writes[kWrites];
static uv_prepare_t prepare;
static struct sockaddr_in address;
static int left = kWrites + 1;

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void one_less(void) {
  if (--left > 0) return;
  uv_close((uv_handle_t*)&stream, on_closed);
  uv_close((uv_handle_t*)&server, NULL);
}

static void on_connected(uv_connect_t* req, int status) {
  (void)req;
  trace_status("connected", status);
  one_less();
}

static void on_written(uv_write_t* req, int status) {
  (void)req;
  /* Linux says EPIPE of a socket that never was connected, other systems ENOTCONN. */
  trace_status("wrote", status == UV_ENOTCONN ? UV_EPIPE : status);
  one_less();
}

static void on_connection(uv_stream_t* handle, int status) {
  (void)handle;
  (void)status;
}

/** Within an iteration, where writes may wait for its end. */
static void on_prepare(uv_prepare_t* handle) {
  static char text[] = "hello";
  uv_buf_t buf = uv_buf_init(text, 5);
  int i;
  uv_close((uv_handle_t*)handle, NULL);
  for (i = 0; i < kWrites; i++)
    must(uv_write(&writes[i], (uv_stream_t*)&stream, &buf, 1, on_written));
  must(uv_tcp_connect(&connecting, &stream, (struct sockaddr*)&address, on_connected));
}

static void scenario(uv_loop_t* loop) {
  if (uv_version() < 0x013200) skip("libuv 1.44 dies of SIGPIPE");
  address = tcp_listen(loop, &server, 5, on_connection);
  must(uv_tcp_init(loop, &stream));
  must(uv_tcp_open(&stream, socket(AF_INET, SOCK_STREAM, 0)));
  must(uv_prepare_init(loop, &prepare));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
