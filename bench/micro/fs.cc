// File requests on what the page cache holds: with and without callbacks, one and 32 under way.
#include <cstring>
#include <vector>

#include "cases.h"

namespace {

using bench::check;

constexpr std::size_t kFileSize = 4096;

class TemporaryFile {
 public:
  TemporaryFile() {
    uv_fs_t request;
    char pattern[] = "/tmp/violet-bench-XXXXXX";
    uv_file file = uv_fs_mkstemp(nullptr, &request, pattern, nullptr);
    check(file, "uv_fs_mkstemp");
    std::strcpy(path_, request.path);
    uv_fs_req_cleanup(&request);
    char bytes[kFileSize] = {};
    uv_buf_t buffer = uv_buf_init(bytes, kFileSize);
    check(uv_fs_write(nullptr, &request, file, &buffer, 1, -1, nullptr), "uv_fs_write");
    uv_fs_req_cleanup(&request);
    uv_fs_close(nullptr, &request, file, nullptr);
    uv_fs_req_cleanup(&request);
  }
  ~TemporaryFile() {
    uv_fs_t request;
    uv_fs_unlink(nullptr, &request, path_, nullptr);
    uv_fs_req_cleanup(&request);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const char* path() const { return path_; }

 private:
  char path_[64];
};

struct Run {
  bench::Operations operations;
  bench::Loop loop;
  TemporaryFile file;
};

// One request after the other: stat; or open, read, close.
struct Chain {
  uv_fs_t request;
  Run* run;
  uv_file file;
  char bytes[kFileSize];
};

// What a request of the chain has brought, and the chain ready for the next one.
Chain& next(uv_fs_t* request, const char* what, ssize_t* result = nullptr) {
  check(request->result, what);
  if (result != nullptr) *result = request->result;
  Chain& chain = *static_cast<Chain*>(request->data);
  uv_fs_req_cleanup(request);
  return chain;
}

void stat(Chain& chain) {
  uv_fs_stat(chain.run->loop.get(), &chain.request, chain.run->file.path(), [](uv_fs_t* request) {
    Chain& ended = next(request, "uv_fs_stat");
    if (ended.run->operations.another()) stat(ended);
  });
}

void open(Chain& chain);

void close(Chain& chain) {
  uv_fs_close(chain.run->loop.get(), &chain.request, chain.file, [](uv_fs_t* request) {
    Chain& ended = next(request, "uv_fs_close");
    if (ended.run->operations.another()) open(ended);
  });
}

void read(Chain& chain) {
  uv_buf_t buffer = uv_buf_init(chain.bytes, kFileSize);
  uv_fs_read(chain.run->loop.get(), &chain.request, chain.file, &buffer, 1, 0,
             [](uv_fs_t* request) { close(next(request, "uv_fs_read")); });
}

void open(Chain& chain) {
  uv_fs_open(chain.run->loop.get(), &chain.request, chain.run->file.path(), UV_FS_O_RDONLY, 0,
             [](uv_fs_t* request) {
               ssize_t file;
               Chain& opened = next(request, "uv_fs_open", &file);
               opened.file = static_cast<uv_file>(file);
               read(opened);
             });
}

void run_chains(benchmark::State& state, void (*start)(Chain&)) {
  Run run{bench::Operations(state, state.range(0)), {}, {}};
  std::vector<Chain> chains(static_cast<std::size_t>(state.range(0)));
  for (Chain& chain : chains) {
    chain.request.data = &chain;
    chain.run = &run;
    start(chain);
  }
  run.loop.run();
}

void stat(benchmark::State& state) {
  run_chains(state, stat);
}
BENCHMARK(stat)->ArgName("under_way")->Arg(1)->Arg(32)->Apply(bench::all_threads);

void open_read_close(benchmark::State& state) {
  run_chains(state, open);
}
BENCHMARK(open_read_close)->ArgName("under_way")->Arg(1)->Arg(32)->Apply(bench::all_threads);

void stat_sync(benchmark::State& state) {
  TemporaryFile file;
  uv_fs_t request;
  for (auto _ : state) {
    check(uv_fs_stat(nullptr, &request, file.path(), nullptr), "uv_fs_stat");
    uv_fs_req_cleanup(&request);
  }
}
BENCHMARK(stat_sync)->Apply(bench::all_threads);

void open_read_close_sync(benchmark::State& state) {
  TemporaryFile file;
  uv_fs_t request;
  char bytes[kFileSize];
  uv_buf_t buffer = uv_buf_init(bytes, kFileSize);
  for (auto _ : state) {
    uv_file opened = uv_fs_open(nullptr, &request, file.path(), UV_FS_O_RDONLY, 0, nullptr);
    check(opened, "uv_fs_open");
    uv_fs_req_cleanup(&request);
    check(uv_fs_read(nullptr, &request, opened, &buffer, 1, 0, nullptr), "uv_fs_read");
    uv_fs_req_cleanup(&request);
    uv_fs_close(nullptr, &request, opened, nullptr);
    uv_fs_req_cleanup(&request);
  }
}
BENCHMARK(open_read_close_sync)->Apply(bench::all_threads);

}  // namespace

BENCHMARK_MAIN();
