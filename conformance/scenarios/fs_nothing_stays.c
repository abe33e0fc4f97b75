/*
 * What is over is not held: a scan that was read to its end, the array of buffers of a write, and
 * what the pool needed, once the loop is closed.
 *
 * rules: FS-13, FS-14, WORK-15
 * total: scan(blocks=0), write(blocks=0), pool(blocks=0)
 */
#include "trace.h"

#include <fcntl.h>

static long blocks;

static void* count_malloc(size_t size) {
  blocks++;
  return malloc(size);
}

static void* count_calloc(size_t count, size_t size) {
  blocks++;
  return calloc(count, size);
}

static void* count_realloc(void* memory, size_t size) {
  if (memory == NULL) blocks++;
  return realloc(memory, size);
}

static void count_free(void* memory) {
  if (memory != NULL) blocks--;
  free(memory);
}

static void on_written(uv_fs_t* request) {
  must(request->result);
}

static void on_work(uv_work_t* work) {
  (void)work;
}

static void scan(uv_loop_t* loop) {
  uv_fs_t request;
  uv_dirent_t entry;
  must(uv_fs_scandir(loop, &request, "/", 0, NULL));
  while (uv_fs_scandir_next(&request, &entry) == 0)
    ;
}

static void write_many(uv_loop_t* loop) {
  static uv_fs_t request;
  uv_buf_t buffers[100];
  uv_fs_t open_request;
  char byte = 'x';
  int i;
  for (i = 0; i < 100; i++)
    buffers[i] = uv_buf_init(&byte, 1);
  must(uv_fs_open(loop, &open_request, "/dev/null", O_WRONLY, 0, NULL));
  must(uv_fs_write(loop, &request, (uv_file)open_request.result, buffers, 100, -1, on_written));
  must(uv_run(loop, UV_RUN_DEFAULT));
  uv_fs_req_cleanup(&open_request);
}

static void scenario(uv_loop_t* loop) {
  static uv_work_t work;
  static uv_loop_t other;
  long before;
  must(uv_replace_allocator(count_malloc, count_realloc, count_calloc, count_free));
  scan(loop);
  trace_int("scan", "blocks", blocks);
  must(uv_loop_init(&other));
  /* What the loop makes when it first runs is the loop's. */
  write_many(&other);
  before = blocks;
  write_many(&other);
  trace_int("write", "blocks", blocks - before);
  must(uv_queue_work(&other, &work, on_work, NULL));
  must(uv_run(&other, UV_RUN_DEFAULT));
  must(uv_loop_close(&other));
  trace_int("pool", "blocks", blocks);
}
