/*
 * All that one poll finds has its callbacks before check: streams, a datagram, async. The order
 * among different handles is left open.
 *
 * rules: PHASE-03, POLL-01
 * count: stream = 3
 * count: datagram = 1
 * count: async = 1
 * order: stream < check
 * order: datagram < check
 * order: async < check
 * count: check = 1
 */
#include "pairs.h"

#include <poll.h>

static uv_pipe_t streams[3];
static uv_udp_t datagrams;
static uv_async_t async;
static uv_check_t check_handle;

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)handle;
  (void)buf;
  check(nread == 1);
  trace("stream");
}

static void on_datagram(uv_udp_t* handle, ssize_t nread, const uv_buf_t* buf,
                        const struct sockaddr* from, unsigned flags) {
  (void)handle;
  (void)buf;
  (void)flags;
  if (from != NULL && nread == 1) trace("datagram");
}

static void on_async(uv_async_t* handle) {
  (void)handle;
  trace("async");
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = udp_bound(loop, &datagrams);
  int sender = socket(AF_INET, SOCK_DGRAM, 0);
  struct pollfd arrived = {socket_of(&datagrams), POLLIN, 0};
  int peers[3];
  int i;
  check(sendto(sender, "x", 1, 0, (struct sockaddr*)&address, sizeof address) == 1);
  check(poll(&arrived, 1, 5000) == 1); /* loopback may take its time */
  must(uv_udp_recv_start(&datagrams, give_buffer, on_datagram));
  for (i = 0; i < 3; i++) {
    peers[i] = pipe_and_peer(loop, &streams[i]);
    must(uv_read_start((uv_stream_t*)&streams[i], give_buffer, on_read));
    send_bytes(peers[i], "x");
  }
  must(uv_async_init(loop, &async, on_async));
  must(uv_async_send(&async));
  must(uv_check_init(loop, &check_handle));
  must(uv_check_start(&check_handle, on_check));
  must(uv_run(loop, UV_RUN_NOWAIT));
  for (i = 0; i < 3; i++)
    close(peers[i]);
  close(sender);
}
