// What the micro-benchmarks share. Each program prints one line per case: the name and the best of
// several rounds, in nanoseconds per operation. They know uv.h only, so LD_LIBRARY_PATH turns them
// on another library.
#pragma once

#include <uv.h>

#include <cstdint>
#include <cstdio>

namespace bench {

inline constexpr int kRounds = 5;

template <typename Case>
void measure(const char* name, long operations, Case run) {
  double best = 0;
  for (int round = 0; round < kRounds; ++round) {
    std::uint64_t started = uv_hrtime();
    run();
    double each = static_cast<double>(uv_hrtime() - started) / static_cast<double>(operations);
    if (round == 0 || each < best) best = each;
  }
  std::printf("%-32s %10.1f ns\n", name, best);
}

}  // namespace bench
