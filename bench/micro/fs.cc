// File requests on what the page cache holds: with and without callbacks, one and 32 under way.
#include <cstdlib>
#include <cstring>
#include <vector>

#include "measure.h"

namespace {

constexpr long kSyncCount = 100'000;
constexpr long kAsyncCount = 40'000;
constexpr std::size_t kDepth = 32;
constexpr std::size_t kFileSize = 4096;

char path[] = "/tmp/violet-bench-XXXXXX";
uv_loop_t loop;
long left;

// A chain of requests: stat, or open, read, close, over and over.
struct Chain {
  uv_fs_t request;
  uv_file file;
  char bytes[kFileSize];
};

void open_next(Chain& chain);

Chain& chain_of(uv_fs_t* request) {
  Chain& chain = *static_cast<Chain*>(request->data);
  if (request->result < 0) std::abort();
  return chain;
}

void stat_next(uv_fs_t* request) {
  uv_fs_req_cleanup(request);
  if (left-- > 0) uv_fs_stat(&loop, request, path, stat_next);
}

void on_closed(uv_fs_t* request) {
  Chain& chain = chain_of(request);
  uv_fs_req_cleanup(request);
  open_next(chain);
}

void on_read(uv_fs_t* request) {
  Chain& chain = chain_of(request);
  uv_fs_req_cleanup(request);
  uv_fs_close(&loop, request, chain.file, on_closed);
}

void on_open(uv_fs_t* request) {
  Chain& chain = chain_of(request);
  chain.file = static_cast<uv_file>(request->result);
  uv_fs_req_cleanup(request);
  uv_buf_t buffer = uv_buf_init(chain.bytes, kFileSize);
  uv_fs_read(&loop, request, chain.file, &buffer, 1, 0, on_read);
}

void open_next(Chain& chain) {
  if (left-- > 0) uv_fs_open(&loop, &chain.request, path, UV_FS_O_RDONLY, 0, on_open);
}

void run_chains(std::size_t depth, long count, void (*start)(Chain&)) {
  std::vector<Chain> chains(depth);
  left = count;
  for (Chain& chain : chains) {
    chain.request = {};
    chain.request.data = &chain;
    start(chain);
  }
  uv_run(&loop, UV_RUN_DEFAULT);
}

void stat_sync(long count) {
  uv_fs_t request;
  for (long i = 0; i < count; ++i) {
    uv_fs_stat(nullptr, &request, path, nullptr);
    uv_fs_req_cleanup(&request);
  }
}

void read_sync(long count) {
  uv_fs_t request;
  char bytes[kFileSize];
  uv_buf_t buffer = uv_buf_init(bytes, kFileSize);
  for (long i = 0; i < count; ++i) {
    uv_file file = uv_fs_open(nullptr, &request, path, UV_FS_O_RDONLY, 0, nullptr);
    uv_fs_req_cleanup(&request);
    uv_fs_read(nullptr, &request, file, &buffer, 1, 0, nullptr);
    uv_fs_req_cleanup(&request);
    uv_fs_close(nullptr, &request, file, nullptr);
    uv_fs_req_cleanup(&request);
  }
}

void make_file() {
  uv_fs_t request;
  uv_file file = uv_fs_mkstemp(nullptr, &request, path, nullptr);
  std::strcpy(path, request.path);
  uv_fs_req_cleanup(&request);
  char bytes[kFileSize] = {};
  uv_buf_t buffer = uv_buf_init(bytes, kFileSize);
  uv_fs_write(nullptr, &request, file, &buffer, 1, -1, nullptr);
  uv_fs_req_cleanup(&request);
  uv_fs_close(nullptr, &request, file, nullptr);
}

}  // namespace

int main() {
  uv_loop_init(&loop);
  make_file();
  auto start_stat = [](Chain& chain) { stat_next(&chain.request); };
  auto start_read = [](Chain& chain) { open_next(chain); };
  bench::measure("stat, sync", kSyncCount, [] { stat_sync(kSyncCount); });
  bench::measure("open+read+close, sync", kSyncCount, [] { read_sync(kSyncCount); });
  bench::measure("stat, 1 under way", kAsyncCount, [&] { run_chains(1, kAsyncCount, start_stat); });
  bench::measure("stat, 32 under way", kAsyncCount * 4,
                 [&] { run_chains(kDepth, kAsyncCount * 4, start_stat); });
  bench::measure("open+read+close, 1 under way", kAsyncCount / 3,
                 [&] { run_chains(1, kAsyncCount / 3, start_read); });
  bench::measure("open+read+close, 32 under way", kAsyncCount,
                 [&] { run_chains(kDepth, kAsyncCount, start_read); });
  uv_fs_t request;
  uv_fs_unlink(nullptr, &request, path, nullptr);
  return uv_loop_close(&loop);
}
