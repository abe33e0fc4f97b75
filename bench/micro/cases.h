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

// The operations of a case that end in callbacks, of which `under_way` go on at a time. Whoever
// ends one asks whether there is to be another. The clock starts when as many have ended as are
// under way, and stops after a multiple of that number: a few operations among many that have just
// begun would seem to take as long as all of them. What is still under way then ends unmeasured.
class Operations {
 public:
  Operations(benchmark::State& state, std::int64_t under_way)
      : state_(state), batch_(under_way), left_(under_way) {}

  bool another() {
    if (over_) return false;
    if (--left_ > 0) return true;
    left_ = batch_;
    over_ = !state_.KeepRunningBatch(batch_);
    return !over_;
  }

 private:
  benchmark::State& state_;
  const std::int64_t batch_;
  std::int64_t left_;
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
