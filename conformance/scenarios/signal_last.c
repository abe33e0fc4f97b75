/*
 * A signal's callback does not run in the signal handler but in the poll phase, after the other
 * events that the same poll found, and before check.
 *
 * rules: SIGNAL-01, SIGNAL-02
 * order: raised < prepare < stream < signal < check
 * order: prepare < async < signal
 * count: async = 1
 * count: signal = 1
 */
#include "pairs.h"

static uv_signal_t signal_handle;
static uv_pipe_t stream;
static uv_async_t async;
static uv_prepare_t prepare;
static uv_check_t check_handle;

static void on_signal(uv_signal_t* handle, int number) {
  check(number == SIGUSR1);
  trace("signal");
  must(uv_signal_stop(handle));
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  check(nread == 1);
  trace("stream");
  must(uv_read_stop(handle));
}

static void on_async(uv_async_t* handle) {
  (void)handle;
  trace("async");
}

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  trace("prepare");
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  int peer;
  must(uv_signal_init(loop, &signal_handle));
  must(uv_signal_start(&signal_handle, on_signal, SIGUSR1));
  peer = pipe_and_peer(loop, &stream);
  must(uv_read_start((uv_stream_t*)&stream, give_buffer, on_read));
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  must(uv_async_init(loop, &async, on_async));
  check(raise(SIGUSR1) == 0);
  must(uv_async_send(&async));
  send_bytes(peer, "x");
  trace("raised");
  must(uv_run(loop, UV_RUN_NOWAIT));
  close(peer);
}
