// How the cases of the micro-benchmarks are told to Google Benchmark. One iteration of a case is
// one operation, so that its time is that of an operation.
#pragma once

#include <benchmark/benchmark.h>

#include "measure.h"

namespace bench {

// The time that passes, and beside it the processor time of all threads of the process.
inline void all_threads(benchmark::internal::Benchmark* benchmark) {
  benchmark->UseRealTime()->MeasureProcessCPUTime();
}

// The operations of a case that end in callbacks. Whoever starts one asks first whether there is to
// be another. The first question starts the clock, the first denial stops it; what is still under
// way then ends unmeasured.
class Operations {
 public:
  explicit Operations(benchmark::State& state) : state_(state) {}

  bool another(std::int64_t count = 1) {
    if (!over_) over_ = !state_.KeepRunningBatch(count);
    return !over_;
  }

 private:
  benchmark::State& state_;
  bool over_ = false;
};

// A loop for one run of a case.
class Loop {
 public:
  Loop() { check(uv_loop_init(&loop_), "uv_loop_init"); }
  ~Loop() { check(uv_loop_close(&loop_), "uv_loop_close"); }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  uv_loop_t* get() { return &loop_; }
  void run() { uv_run(&loop_, UV_RUN_DEFAULT); }
  void close_all_and_run() {
    close_all(loop_);
    run();
  }

 private:
  uv_loop_t loop_;
};

}  // namespace bench
