/*
 * With one thread in the pool, operations that are started together find done what was started
 * before them, however fast they could be answered.
 *
 * rules: FS-20
 * env: UV_THREADPOOL_SIZE=1
 * total: removed(count=100), written(count=100), read(count=100), in-parts(count=100)
 */
#include "trace.h"

#include <fcntl.h>
#include <unistd.h>

enum { kRounds = 100, kLarge = 100000, kSmall = 4 };

static uv_fs_t first;
static uv_fs_t second;
static char name[64];
static char text[kLarge + kSmall];
static char got[kLarge + kSmall];

static void on_done(uv_fs_t* request) {
  (void)request;
}

static void clean_up(void) {
  uv_fs_req_cleanup(&first);
  uv_fs_req_cleanup(&second);
}

static int open_file(int flags) {
  int file = open(name, O_RDWR | flags, 0600);
  check(file >= 0);
  return file;
}

static int removed(uv_loop_t* loop) {
  int found;
  must(close(open_file(O_CREAT)));
  must(uv_fs_unlink(loop, &first, name, on_done));
  must(uv_fs_access(loop, &second, name, F_OK, on_done));
  must(uv_run(loop, UV_RUN_DEFAULT));
  found = second.result == UV_ENOENT;
  clean_up();
  return found;
}

static int written(uv_loop_t* loop) {
  uv_buf_t buffer = uv_buf_init(text, kSmall);
  int file = open_file(O_CREAT | O_TRUNC);
  int found;
  must(uv_fs_write(loop, &first, file, &buffer, 1, 0, on_done));
  must(uv_fs_fstat(loop, &second, file, on_done));
  must(uv_run(loop, UV_RUN_DEFAULT));
  found = second.statbuf.st_size == kSmall;
  clean_up();
  must(close(file));
  return found;
}

static int read_back(uv_loop_t* loop) {
  uv_buf_t in = uv_buf_init(text, kSmall);
  uv_buf_t out = uv_buf_init(got, kSmall);
  int file = open_file(O_CREAT | O_TRUNC);
  int found;
  must(uv_fs_write(loop, &first, file, &in, 1, 0, on_done));
  must(uv_fs_read(loop, &second, file, &out, 1, 0, on_done));
  must(uv_run(loop, UV_RUN_DEFAULT));
  found = second.result == kSmall;
  clean_up();
  must(close(file));
  return found;
}

/* The first part is too large to be read on the loop's thread, the second is not. */
static int read_in_parts(uv_loop_t* loop) {
  uv_buf_t large = uv_buf_init(got, kLarge);
  uv_buf_t small = uv_buf_init(got + kLarge, kSmall);
  int file = open_file(0);
  int found;
  must(uv_fs_read(loop, &first, file, &large, 1, -1, on_done));
  must(uv_fs_read(loop, &second, file, &small, 1, -1, on_done));
  must(uv_run(loop, UV_RUN_DEFAULT));
  found = first.result == kLarge && second.result == kSmall && memcmp(got, text, sizeof(text)) == 0;
  clean_up();
  must(close(file));
  return found;
}

static void count_rounds(uv_loop_t* loop, const char* event, int (*round)(uv_loop_t* loop)) {
  int count = 0;
  int i;
  for (i = 0; i < kRounds; i++)
    count += round(loop);
  trace_int(event, "count", count);
}

static void make_file(void) {
  int file = open_file(O_CREAT | O_TRUNC);
  check(write(file, text, sizeof(text)) == (ssize_t)sizeof(text));
  must(close(file));
}

static void scenario(uv_loop_t* loop) {
  int i;
  for (i = 0; i < (int)sizeof(text); i++)
    text[i] = (char)(i % 251);
  snprintf(name, sizeof(name), "/tmp/violet-scenario-%d", (int)uv_os_getpid());
  must(close(open_file(O_CREAT)));
  /* A status in the pool tells Violet what file system this is. */
  must(uv_fs_stat(loop, &first, name, on_done));
  must(uv_run(loop, UV_RUN_DEFAULT));
  uv_fs_req_cleanup(&first);
  count_rounds(loop, "removed", removed);
  count_rounds(loop, "written", written);
  count_rounds(loop, "read", read_back);
  make_file();
  count_rounds(loop, "in-parts", read_in_parts);
  unlink(name);
}
