/*
 * A descriptor on which a handle of the loop is active is UV_EEXIST to all that would take it;
 * while none is, several handles may have it, and take turns.
 *
 * rules: CONN-17
 * total: idle(status=OK), reading(status=EEXIST), poll(status=EEXIST), read, stopped(status=OK),
 * total: read, read
 */
#include "pairs.h"

static uv_tcp_t first;
static uv_tcp_t others[3];
static uv_poll_t poll_handle;

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  check(nread == 1);
  trace("read");
  must(uv_read_stop(handle));
}

/** Into a handle of its own. */
static void try_open(uv_loop_t* loop, const char* when, uv_tcp_t* tcp, int descriptor) {
  must(uv_tcp_init(loop, tcp));
  trace_status(when, uv_tcp_open(tcp, (uv_os_sock_t)descriptor));
}

static void read_byte(uv_loop_t* loop, uv_tcp_t* tcp, int peer) {
  send_bytes(peer, "x");
  if (!uv_is_active((uv_handle_t*)tcp)) {
    must(uv_read_start((uv_stream_t*)tcp, give_buffer, on_read));
  }
  must(uv_run(loop, UV_RUN_DEFAULT));
}

static void scenario(uv_loop_t* loop) {
  int ends[2];
  int descriptor;
  int peer;
  tcp_sockets(ends);
  descriptor = ends[0];
  peer = ends[1];
  must(uv_tcp_init(loop, &first));
  must(uv_tcp_open(&first, (uv_os_sock_t)descriptor));
  try_open(loop, "idle", &others[0], descriptor);
  must(uv_read_start((uv_stream_t*)&first, give_buffer, on_read));
  try_open(loop, "reading", &others[1], descriptor);
  trace_status("poll", uv_poll_init(loop, &poll_handle, descriptor));
  read_byte(loop, &first, peer);
  try_open(loop, "stopped", &others[2], descriptor);
  read_byte(loop, &others[0], peer);
  read_byte(loop, &first, peer);
  close(peer);
}
