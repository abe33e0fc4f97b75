/* Operations on one file, `depth` under way at a time, until the time is up:
 *     files operation=read|stat|open_close|read_file|write_sync path=FILE size=BYTES bytes=BLOCK
 * depth=N A block begins with 8 bytes that only the harness knows; it adds up those that must have
 * been read, and compares. What write_sync writes is the number of the operation; the harness looks
 * at the file. direct=1 goes past the system's cache. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workload.h"

enum { kAlignment = 4096, kLookEvery = 256, kOldTime = 1000000000 };

struct chain {
  uv_fs_t request;
  uv_file opened;
  uint64_t began;
  uint64_t block; /* Of the file. */
  char* bytes;
};

static uv_loop_t loop;
static const char* path;
static uv_file file;
static unsigned block_size;
static uint64_t file_size, file_number, blocks, random_state, started, operations, sum;
static void (*start)(struct chain* chain);

static int64_t take_result(uv_fs_t* request, const char* what) {
  const int64_t result = request->result;
  require(result, what);
  uv_fs_req_cleanup(request);
  return result;
}

static void begin(struct chain* chain) {
  chain->began = uv_hrtime();
  ++started;
  start(chain);
}

static void end(struct chain* chain) {
  ++operations;
  record_latency(uv_hrtime() - chain->began);
  if (!time_is_up()) begin(chain);
}

static void add_to_sum(struct chain* chain, int64_t count) {
  uint64_t told;
  if (count != (int64_t)block_size) cheats("a read ends early");
  memcpy(&told, chain->bytes, sizeof(told));
  sum += told;
  /* A read that does nothing next time would leave these bytes. */
  memset(chain->bytes, 0, sizeof(told));
}

/* -- read -- */

static void on_read(uv_fs_t* request) {
  add_to_sum(request->data, take_result(request, "uv_fs_read"));
  end(request->data);
}

static void start_read(struct chain* chain) {
  uv_buf_t buffer = uv_buf_init(chain->bytes, block_size);
  const uint64_t block = next_random(&random_state) % blocks;
  require(
      uv_fs_read(&loop, &chain->request, file, &buffer, 1, (int64_t)(block * block_size), on_read),
      "uv_fs_read");
}

/* -- stat -- */

static void on_stat(uv_fs_t* request) {
  const int is_right = request->result == 0 && request->statbuf.st_size == file_size;
  take_result(request, "uv_fs_stat");
  if (!is_right) cheats("the status tells another size");
  end(request->data);
}

static void start_stat(struct chain* chain) {
  require(uv_fs_stat(&loop, &chain->request, path, on_stat), "uv_fs_stat");
}

static void on_fresh_status(uv_fs_t* request) {
  const int is_fresh = request->result == 0 && request->statbuf.st_mtim.tv_sec == kOldTime;
  take_result(request, "uv_fs_stat");
  if (!is_fresh) cheats("the status is remembered from before a change");
}

/* A change that the run before could not know of. */
static void check_fresh_status(void) {
  uv_fs_t request;
  require(uv_fs_utime(NULL, &request, path, kOldTime, kOldTime, NULL), "uv_fs_utime");
  uv_fs_req_cleanup(&request);
  require(uv_fs_stat(&loop, &request, path, on_fresh_status), "uv_fs_stat");
  uv_run(&loop, UV_RUN_DEFAULT);
}

/* -- open_close, and read_file: open, fstat, read, close -- */

static int is_our_file(uv_file opened) {
  uv_fs_t request;
  const int is_ours = uv_fs_fstat(NULL, &request, opened, NULL) == 0 &&
                      request.statbuf.st_ino == file_number && request.statbuf.st_size == file_size;
  uv_fs_req_cleanup(&request);
  return is_ours;
}

static void check_all_closed(const struct chain* chains, unsigned depth) {
  for (unsigned i = 0; i < depth; ++i) {
    if (is_our_file(chains[i].opened)) cheats("a file was not closed");
  }
}

static void on_closed(uv_fs_t* request) {
  take_result(request, "uv_fs_close");
  end(request->data);
}

static void start_close(struct chain* chain) {
  require(uv_fs_close(&loop, &chain->request, chain->opened, on_closed), "uv_fs_close");
}

static void on_whole_read(uv_fs_t* request) {
  add_to_sum(request->data, take_result(request, "uv_fs_read"));
  start_close(request->data);
}

static void on_whole_status(uv_fs_t* request) {
  struct chain* chain = request->data;
  uv_buf_t buffer = uv_buf_init(chain->bytes, block_size);
  const int is_right = request->result == 0 && request->statbuf.st_size == file_size;
  take_result(request, "uv_fs_fstat");
  if (!is_right) cheats("the status tells another size");
  require(uv_fs_read(&loop, request, chain->opened, &buffer, 1, -1, on_whole_read), "uv_fs_read");
}

static void on_opened(uv_fs_t* request) {
  struct chain* chain = request->data;
  chain->opened = (uv_file)take_result(request, "uv_fs_open");
  /* Not each time: it would be a part of what is measured. */
  if (operations % kLookEvery == 0 && !is_our_file(chain->opened)) {
    cheats("another file was opened, or none");
  }
  start_close(chain);
}

static void on_whole_opened(uv_fs_t* request) {
  struct chain* chain = request->data;
  chain->opened = (uv_file)take_result(request, "uv_fs_open");
  require(uv_fs_fstat(&loop, request, chain->opened, on_whole_status), "uv_fs_fstat");
}

static void start_open(struct chain* chain) {
  require(uv_fs_open(&loop, &chain->request, path, UV_FS_O_RDONLY, 0, on_opened), "uv_fs_open");
}

static void start_whole(struct chain* chain) {
  require(uv_fs_open(&loop, &chain->request, path, UV_FS_O_RDONLY, 0, on_whole_opened),
          "uv_fs_open");
}

/* -- write_sync -- */

static void on_synced(uv_fs_t* request) {
  take_result(request, "uv_fs_fsync");
  end(request->data);
}

static void on_written(uv_fs_t* request) {
  if (take_result(request, "uv_fs_write") != (int64_t)block_size) cheats("a write ends early");
  require(uv_fs_fsync(&loop, request, file, on_synced), "uv_fs_fsync");
}

static void start_write(struct chain* chain) {
  uv_buf_t buffer = uv_buf_init(chain->bytes, block_size);
  const uint64_t block = next_random(&random_state) % blocks;
  memcpy(chain->bytes, &started, sizeof(started));
  require(uv_fs_write(&loop, &chain->request, file, &buffer, 1, (int64_t)(block * block_size),
                      on_written),
          "uv_fs_write");
}

static void choose(const char* operation) {
  start = strcmp(operation, "read") == 0         ? start_read
          : strcmp(operation, "stat") == 0       ? start_stat
          : strcmp(operation, "open_close") == 0 ? start_open
          : strcmp(operation, "read_file") == 0  ? start_whole
          : strcmp(operation, "write_sync") == 0 ? start_write
                                                 : NULL;
  if (start == NULL) fail("no such operation");
}

/* The time is over; what is left to look at does not count. */
static void check_all(const struct chain* chains, unsigned depth) {
  if (start == start_stat) check_fresh_status();
  if (start == start_open || start == start_whole) check_all_closed(chains, depth);
}

static char* allocate_aligned(size_t size) {
  char* memory = allocate_zeroed(size + kAlignment, 1);
  return memory + (kAlignment - (uintptr_t)memory % kAlignment);
}

int main(int argc, char** argv) {
  uv_fs_t opening;
  char more[96];
  unsigned depth;
  uint64_t nanoseconds;
  struct chain* chains;
  options_read(argc, argv);
  path = option_text("path", "");
  depth = option_count("depth", 1);
  block_size = option_count("bytes", 4096);
  file_size = (uint64_t)option_number("size", 0);
  blocks = file_size / block_size;
  random_state = kFirstRandomState;
  choose(option_text("operation", "read"));
  if (blocks == 0) fail("the file has no block of that size");
  if (option_count("direct", 0) && UV_FS_O_DIRECT == 0)
    lacks("no way past the cache on this system");
  require(uv_loop_init(&loop), "uv_loop_init");
  file = uv_fs_open(NULL, &opening, path,
                    (start == start_write ? UV_FS_O_RDWR : UV_FS_O_RDONLY) |
                        (option_count("direct", 0) ? UV_FS_O_DIRECT : 0),
                    0, NULL);
  require(file, "opening the file");
  uv_fs_req_cleanup(&opening);
  require(uv_fs_fstat(NULL, &opening, file, NULL), "uv_fs_fstat");
  file_number = opening.statbuf.st_ino;
  uv_fs_req_cleanup(&opening);
  chains = allocate_zeroed(depth, sizeof(*chains));
  for (unsigned i = 0; i < depth; ++i) {
    chains[i].bytes = allocate_aligned(block_size);
    chains[i].request.data = &chains[i];
  }
  await_go();
  for (unsigned i = 0; i < depth; ++i)
    begin(&chains[i]);
  uv_run(&loop, UV_RUN_DEFAULT);
  nanoseconds = nanoseconds_since_go();
  check_all(chains, depth);
  snprintf(more, sizeof(more), "\"sum\": \"%llu\"", (unsigned long long)sum);
  finish(operations, nanoseconds, more);
  return 0;
}
