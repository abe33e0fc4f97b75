/*
 * A stream whose every read fills its buffer, so that there may always be more, does not keep the
 * iteration from going on.
 *
 * rules: POLL-03
 * total: check, check, check
 */
#include "pairs.h"

static uv_pipe_t endless;
static uv_check_t check_handle;
static char memory[8];
static int peer;
static int reads;
static int checks;

static void give_full(uv_handle_t* handle, size_t size, uv_buf_t* buf) {
  (void)handle;
  (void)size;
  *buf = uv_buf_init(memory, sizeof memory);
}

static void on_endless(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)handle;
  check(nread == (ssize_t)sizeof memory);
  check(++reads < 100000);
  check(write(peer, buf->base, (size_t)nread) == nread); /* what is read comes again */
}

static void on_check(uv_check_t* handle) {
  trace("check");
  if (++checks < 3) return;
  uv_close((uv_handle_t*)&endless, NULL);
  uv_close((uv_handle_t*)handle, NULL);
}

static void scenario(uv_loop_t* loop) {
  peer = pipe_and_peer(loop, &endless);
  must(uv_check_init(loop, &check_handle));
  must(uv_check_start(&check_handle, on_check));
  must(uv_read_start((uv_stream_t*)&endless, give_full, on_endless));
  send_bytes(peer, "8 bytes.8 bytes.");
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
