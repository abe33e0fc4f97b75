// Work that does nothing: what the way to the thread pool and back costs.
#include <vector>

#include "cases.h"

namespace {

struct Run {
  bench::Operations operations;
  bench::Loop loop;
};

void again(uv_work_t* request, int);

void queue(Run& run, uv_work_t& request) {
  request.data = &run;
  bench::check(uv_queue_work(
                   run.loop.get(), &request, [](uv_work_t*) {}, again),
               "uv_queue_work");
}

void again(uv_work_t* request, int) {
  Run& run = *static_cast<Run*>(request->data);
  if (run.operations.another()) queue(run, *request);
}

void queue_work(benchmark::State& state) {
  Run run{bench::Operations(state, state.range(0)), {}};
  std::vector<uv_work_t> requests(static_cast<std::size_t>(state.range(0)));
  for (uv_work_t& request : requests)
    queue(run, request);
  run.loop.run();
}
BENCHMARK(queue_work)->ArgName("under_way")->Arg(1)->Arg(4)->Arg(1000)->Apply(bench::all_threads);

}  // namespace

BENCHMARK_MAIN();
