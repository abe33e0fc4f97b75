/*
 * The write queue's size is what the kernel has not taken yet: it never exceeds what was written,
 * and is 0 when the last callback runs.
 *
 * rules: WRITE-03, WRITE-04, WRITE-05
 * total: queued(right=1), try(status=EAGAIN), write(status=OK, queue=0), peer(right=1)
 */
#include "pairs.h"

static uv_pipe_t left;
static uv_pipe_t right;
static uv_write_t request;
static char much[3 * 1024 * 1024 + 17];
static size_t count;
static int wrong;

static void on_write(uv_write_t* write, int status) {
  (void)write;
  printf("{\"event\":\"%s\",\"status\":\"%s\",\"queue\":%d}\n", "write",
         status == 0 ? "OK" : uv_err_name(status),
         (int)uv_stream_get_write_queue_size((uv_stream_t*)&left));
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  check(nread >= 0);
  if (memcmp(buf->base, much + count, (size_t)nread) != 0) wrong = 1;
  count += (size_t)nread;
  if (count == sizeof much) must(uv_read_stop(handle));
}

static void scenario(uv_loop_t* loop) {
  uv_stream_t* stream = (uv_stream_t*)&left;
  uv_buf_t buf = uv_buf_init(much, sizeof much);
  uv_buf_t small = uv_buf_init(much, 1);
  size_t i;
  size_t queue;
  for (i = 0; i < sizeof much; i++)
    much[i] = (char)(i * 131 >> 3);
  pipe_pair(loop, &left, &right);
  must(uv_write(&request, stream, &buf, 1, on_write));
  queue = uv_stream_get_write_queue_size(stream);
  trace_int("queued", "right", queue > 0 && queue <= sizeof much && queue == left.write_queue_size);
  trace_status("try", uv_try_write(stream, &small, 1));
  must(uv_read_start((uv_stream_t*)&right, give_buffer, on_read));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace_int("peer", "right", count == sizeof much && !wrong);
}
