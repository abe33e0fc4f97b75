/*
 * Of many writes before the loop has run none is lost, doubled or overtaken, whatever follows them:
 * uv_try_write(), a large write, another stream, uv_close().
 *
 * rules: WRITE-02, WRITE-06, WRITE-21
 * total: try(bytes=1), left(bytes=40101), left(bytes=30)
 */
#include "pairs.h"

enum { COUNT = 50, LARGE = 40000 };

static uv_pipe_t streams[2];
static uv_write_t requests[2][128];
static uv_write_t large_request;
static char large[LARGE];
static int failed;

static void on_write(uv_write_t* request, int status) {
  (void)request;
  if (status != 0) failed++;
}

/* Each byte tells its place. */
static void check_text(int peer, int expected) {
  char memory[LARGE + 2 * COUNT + 1];
  int count = 0;
  ssize_t got;
  while ((got = read(peer, memory + count, sizeof memory - count)) > 0)
    count += (int)got;
  check(count == expected);
  for (int i = 0; i < count && i < COUNT; i++)
    check(memory[i] == (char)i);
  trace_int("left", "bytes", count);
  close(peer);
}

static void write_byte(int which, int place) {
  static char bytes[128];
  uv_buf_t buf = uv_buf_init(&bytes[place], 1);
  bytes[place] = (char)place;
  must(uv_write(&requests[which][place], (uv_stream_t*)&streams[which], &buf, 1, on_write));
}

static void scenario(uv_loop_t* loop) {
  int peers[2];
  char last = COUNT;
  uv_buf_t one = uv_buf_init(&last, 1);
  uv_buf_t many = uv_buf_init(large, LARGE);
  for (int i = 0; i < 2; i++)
    peers[i] = pipe_and_peer(loop, &streams[i]);
  for (int i = 0; i < COUNT; i++) {
    write_byte(0, i);
    if (i < 30) write_byte(1, i);
  }
  trace_int("try", "bytes", uv_try_write((uv_stream_t*)&streams[0], &one, 1));
  for (int i = COUNT + 1; i < 100; i++)
    write_byte(0, i);
  must(uv_write(&large_request, (uv_stream_t*)&streams[0], &many, 1, on_write));
  write_byte(0, 100);
  uv_close((uv_handle_t*)&streams[0], NULL);
  uv_close((uv_handle_t*)&streams[1], NULL);
  check_text(peers[0], 40101);
  check_text(peers[1], 30);
  must(uv_run(loop, UV_RUN_DEFAULT));
  check(failed == 0);
}
