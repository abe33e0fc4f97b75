/*
 * Data larger than the buffer comes in pieces that follow each other, each with a buffer of its
 * own, and every buffer asked for is given back once.
 *
 * rules: READ-06, READ-07, READ-08
 * total: sum(bytes=1000, right=1, unpaired=0)
 */
#include "pairs.h"

static uv_tcp_t left;
static uv_tcp_t right;
static char sent[1000];
static char received[1000];
static size_t count;
static int outstanding;
static int unpaired;

static void give_seven_bytes(uv_handle_t* handle, size_t suggested, uv_buf_t* buf) {
  static char memory[7];
  (void)handle;
  (void)suggested;
  if (outstanding++ != 0) unpaired = 1;
  *buf = uv_buf_init(memory, sizeof memory);
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  if (--outstanding != 0) unpaired = 1;
  check(nread >= 0 && nread <= 7);
  memcpy(received + count, buf->base, (size_t)nread);
  count += (size_t)nread;
  if (count == sizeof received) must(uv_read_stop(handle));
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init(sent, sizeof sent);
  size_t i;
  for (i = 0; i < sizeof sent; i++)
    sent[i] = (char)(i * 31);
  tcp_pair(loop, &left, &right);
  must(uv_try_write((uv_stream_t*)&left, &buf, 1));
  must(uv_read_start((uv_stream_t*)&right, give_seven_bytes, on_read));
  must(uv_run(loop, UV_RUN_DEFAULT));
  printf("{\"event\":\"%s\",\"bytes\":%d,\"right\":%d,\"unpaired\":%d}\n", "sum", (int)count,
         memcmp(sent, received, sizeof sent) == 0, unpaired);
}
