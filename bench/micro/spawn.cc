// What starting a child costs, by how much memory its parent uses. Knows uv.h only.
#include <benchmark/benchmark.h>
#include <uv.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace {

void spawn_and_wait(benchmark::State& state) {
  const std::size_t resident = static_cast<std::size_t>(state.range(0)) << 20;
  char* memory = static_cast<char*>(std::malloc(resident));
  std::memset(memory, 1, resident);
  uv_loop_t loop;
  uv_loop_init(&loop);
  char name[] = "true";
  char* arguments[] = {name, nullptr};
  uv_process_options_t options = {};
  options.file = "/bin/true";
  options.args = arguments;
  options.exit_cb = [](uv_process_t* process, std::int64_t, int) {
    uv_close(reinterpret_cast<uv_handle_t*>(process), nullptr);
  };
  for (auto _ : state) {
    uv_process_t process;
    if (uv_spawn(&loop, &process, &options) != 0) state.SkipWithError("uv_spawn failed");
    uv_run(&loop, UV_RUN_DEFAULT);
  }
  uv_loop_close(&loop);
  benchmark::DoNotOptimize(memory[resident / 2]);
  std::free(memory);
}

// The ratio of the two times should be 1.
BENCHMARK(spawn_and_wait)->ArgName("resident_MiB")->Arg(10)->Arg(1024)->UseRealTime();

}  // namespace
