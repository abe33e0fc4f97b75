/* One case of file operations under load, on uv.h alone:
 *     load CASE DEPTH SECONDS PATH BYTES_OF_FILE
 * CASE: read4k, read64k (random offsets), stat, openclose, readfile (open, fstat, read 4 KiB,
 * close), uncached4k (the page cache is emptied of the file first; the file is so large that few
 * blocks are met twice), direct4k (O_DIRECT). Prints operations/s and microseconds of processor
 * time per operation, of all threads. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <uv.h>

struct chain {
  uv_fs_t request;
  char* bytes;
  int opened;
};

static uv_loop_t loop;
static const char* path;
static int file, drops, block;
static uint64_t blocks, random_state = 88172645463325252ull, done, end_ns;
static void (*start)(struct chain*);

static uint64_t next_random(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  return random_state ^= random_state << 17;
}

static void on_done(uv_fs_t* request) {
  if (request->result < 0) abort();
  uv_fs_req_cleanup(request);
  ++done;
  if (uv_hrtime() < end_ns) start(request->data);
}

static void start_read(struct chain* chain) {
  int64_t offset = (int64_t)(next_random() % blocks) * block;
  uv_buf_t buffer = uv_buf_init(chain->bytes, (unsigned)block);
  uv_fs_read(&loop, &chain->request, file, &buffer, 1, offset, on_done);
}

static void start_stat(struct chain* chain) {
  uv_fs_stat(&loop, &chain->request, path, on_done);
}

static void on_open(uv_fs_t* request) {
  if (request->result < 0) abort();
  int opened = (int)request->result;
  uv_fs_req_cleanup(request);
  uv_fs_close(&loop, request, opened, on_done);
}

static void start_open(struct chain* chain) {
  uv_fs_open(&loop, &chain->request, path, O_RDONLY, 0, on_open);
}

static void on_whole_read(uv_fs_t* request) {
  struct chain* chain = request->data;
  if (request->result != block) abort();
  uv_fs_req_cleanup(request);
  uv_fs_close(&loop, request, chain->opened, on_done);
}

static void on_whole_status(uv_fs_t* request) {
  struct chain* chain = request->data;
  if (request->result < 0) abort();
  uv_fs_req_cleanup(request);
  uv_buf_t buffer = uv_buf_init(chain->bytes, (unsigned)block);
  uv_fs_read(&loop, request, chain->opened, &buffer, 1, -1, on_whole_read);
}

static void on_whole_open(uv_fs_t* request) {
  struct chain* chain = request->data;
  if (request->result < 0) abort();
  chain->opened = (int)request->result;
  uv_fs_req_cleanup(request);
  uv_fs_fstat(&loop, request, chain->opened, on_whole_status);
}

static void start_whole(struct chain* chain) {
  uv_fs_open(&loop, &chain->request, path, O_RDONLY, 0, on_whole_open);
}

static double cpu_us(void) {
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  return (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e6 + use.ru_utime.tv_usec +
         use.ru_stime.tv_usec;
}

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  int depth = atoi(argv[2]), flags = O_RDONLY;
  path = argv[4];
  start = start_read;
  block = strcmp(argv[1], "read64k") == 0 ? 65536 : 4096;
  drops = strcmp(argv[1], "uncached4k") == 0;
  if (strcmp(argv[1], "direct4k") == 0) flags |= O_DIRECT;
  if (strcmp(argv[1], "stat") == 0) start = start_stat;
  if (strcmp(argv[1], "openclose") == 0) start = start_open;
  if (strcmp(argv[1], "readfile") == 0) start = start_whole;
  blocks = (uint64_t)atoll(argv[5]) / (uint64_t)block;
  file = open(path, flags | O_CLOEXEC);
  if (file < 0 || uv_loop_init(&loop) != 0) return 1;
  if (drops) {
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    posix_fadvise(file, 0, 0, POSIX_FADV_RANDOM);
  }
  uint64_t began = uv_hrtime();
  double cpu = cpu_us();
  end_ns = began + (uint64_t)(atof(argv[3]) * 1e9);
  struct chain* chains = calloc((size_t)depth, sizeof(*chains));
  for (int i = 0; i < depth; ++i) {
    chains[i].bytes = aligned_alloc(4096, (size_t)block);
    chains[i].request.data = &chains[i];
    start(&chains[i]);
  }
  uv_run(&loop, UV_RUN_DEFAULT);
  double seconds = (double)(uv_hrtime() - began) / 1e9;
  printf("%.0f %.2f\n", (double)done / seconds, (cpu_us() - cpu) / (double)done);
  return uv_loop_close(&loop);
}
