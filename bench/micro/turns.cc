// Turns of a loop that never waits, because an idle handle keeps it going: alone, and beside
// sockets that nobody writes to. An operation is one turn.
#include <vector>

#include "cases.h"

namespace {

using bench::check;

void discard(uv_stream_t*, ssize_t, const uv_buf_t*) {}
void no_memory(uv_handle_t*, std::size_t, uv_buf_t*) {}

void turn(benchmark::State& state) {
  bench::Loop loop;
  std::vector<uv_pipe_t> readers(static_cast<std::size_t>(state.range(0)));
  std::vector<uv_file> writers;
  for (uv_pipe_t& reader : readers) {
    uv_file ends[2];
    check(uv_pipe(ends, UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE), "uv_pipe");
    check(uv_pipe_init(loop.get(), &reader, 0), "uv_pipe_init");
    check(uv_pipe_open(&reader, ends[0]), "uv_pipe_open");
    check(uv_read_start(reinterpret_cast<uv_stream_t*>(&reader), no_memory, discard), "read");
    writers.push_back(ends[1]);
  }
  uv_idle_t idle;
  check(uv_idle_init(loop.get(), &idle), "uv_idle_init");
  idle.data = &state;
  uv_idle_start(&idle, [](uv_idle_t* handle) {
    if (!static_cast<benchmark::State*>(handle->data)->KeepRunning()) uv_stop(handle->loop);
  });
  loop.run();
  loop.close_all_and_run();
  for (uv_file writer : writers) {
    uv_fs_t request;
    uv_fs_close(nullptr, &request, writer, nullptr);
    uv_fs_req_cleanup(&request);
  }
}
BENCHMARK(turn)->ArgName("readers")->Arg(0)->Arg(1)->Arg(100)->Apply(bench::all_threads);

}  // namespace

BENCHMARK_MAIN();
