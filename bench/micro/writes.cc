// Rows of small writes to one stream, whose other end a thread reads: written before the loop runs,
// and in a callback.
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <thread>
#include <vector>

#include "cases.h"

namespace {

using bench::check;

constexpr std::int64_t kRow = 300000;
constexpr unsigned int kBytes = 16;

struct Run {
  bench::Loop loop;
  uv_pipe_t pipe;
  uv_timer_t timer;
  std::vector<uv_write_t> requests{static_cast<std::size_t>(kRow)};
  char bytes[kBytes] = {};
  std::int64_t left = 0;
};

void write_row(Run& run) {
  run.left = kRow;
  uv_buf_t buffer = uv_buf_init(run.bytes, kBytes);
  for (uv_write_t& request : run.requests) {
    request.data = &run;
    check(uv_write(&request, reinterpret_cast<uv_stream_t*>(&run.pipe), &buffer, 1,
                   [](uv_write_t* done, int status) {
                     check(status, "writing");
                     --static_cast<Run*>(done->data)->left;
                   }),
          "uv_write");
  }
}

void write_in_callback(Run& run) {
  run.left = kRow;
  check(
      uv_timer_start(
          &run.timer, [](uv_timer_t* timer) { write_row(*static_cast<Run*>(timer->data)); }, 0, 0),
      "uv_timer_start");
}

// An operation is one write.
void rows(benchmark::State& state) {
  Run run;
  int ends[2];
  check(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), "socketpair");
  std::thread reader([end = ends[1]] {
    std::vector<char> sink(std::size_t{1} << 20);
    while (read(end, sink.data(), sink.size()) > 0) {
    }
    close(end);
  });
  check(uv_pipe_init(run.loop.get(), &run.pipe, 0), "uv_pipe_init");
  check(uv_pipe_open(&run.pipe, ends[0]), "uv_pipe_open");
  check(uv_timer_init(run.loop.get(), &run.timer), "uv_timer_init");
  run.timer.data = &run;
  while (state.KeepRunningBatch(kRow)) {
    if (state.range(0) != 0) {
      write_in_callback(run);
    } else {
      write_row(run);
    }
    while (run.left > 0)
      uv_run(run.loop.get(), UV_RUN_ONCE);
  }
  run.loop.close_all_and_run();
  reader.join();
}
BENCHMARK(rows)->ArgName("in_callback")->Arg(0)->Arg(1)->Apply(bench::all_threads);

}  // namespace

BENCHMARK_MAIN();
