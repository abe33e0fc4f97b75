/*
 * Open, write, read, close and unlink, each started in the callback of the one before; failures
 * come through the callback, as the result.
 *
 * rules: FS-04, FS-05, FS-06
 * total: open(status=OK), write(bytes=5), read(bytes=5), end(bytes=0), close(status=OK)
 * total: unlink(status=OK), gone(status=ENOENT)
 */
#include "pairs.h"

static uv_fs_t request;
static uv_file file;
static char memory[16];

static void on_gone(uv_fs_t* open) {
  trace_status("gone", open->result);
  uv_fs_req_cleanup(open);
}

static void on_unlink(uv_fs_t* unlink) {
  trace_status("unlink", unlink->result);
  uv_fs_req_cleanup(unlink);
  must(uv_fs_open(unlink->loop, &request, "file", O_RDONLY, 0, on_gone));
}

static void on_close(uv_fs_t* close) {
  trace_status("close", close->result);
  uv_fs_req_cleanup(close);
  must(uv_fs_unlink(close->loop, &request, "file", on_unlink));
}

static void on_end(uv_fs_t* read) {
  trace_int("end", "bytes", (long long)read->result);
  uv_fs_req_cleanup(read);
  must(uv_fs_close(read->loop, &request, file, on_close));
}

static void on_read(uv_fs_t* read) {
  uv_buf_t buf = uv_buf_init(memory, sizeof memory);
  trace_int("read", "bytes", (long long)read->result);
  check(memcmp(memory, "hello", 5) == 0);
  uv_fs_req_cleanup(read);
  must(uv_fs_read(read->loop, &request, file, &buf, 1, 5, on_end));
}

static void on_write(uv_fs_t* write) {
  uv_buf_t buf = uv_buf_init(memory, sizeof memory);
  trace_int("write", "bytes", (long long)write->result);
  uv_fs_req_cleanup(write);
  must(uv_fs_read(write->loop, &request, file, &buf, 1, 0, on_read));
}

static void on_open(uv_fs_t* open) {
  uv_buf_t buf = uv_buf_init((char*)"hello", 5);
  trace_status("open", open->result);
  file = (uv_file)open->result;
  uv_fs_req_cleanup(open);
  must(uv_fs_write(open->loop, &request, file, &buf, 1, 0, on_write));
}

static void scenario(uv_loop_t* loop) {
  must(uv_fs_open(loop, &request, "file", O_RDWR | O_CREAT, 0600, on_open));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
