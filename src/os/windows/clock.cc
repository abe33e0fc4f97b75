#include "os/clock.h"

#include <windows.h>

#include <atomic>

namespace violet {
namespace {

constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;
// FILETIME counts units of 100 ns since 1601-01-01.
constexpr std::int64_t kFileTimePerSecond = 10'000'000;
constexpr std::int64_t kSecondsFrom1601To1970 = 11'644'473'600;

std::atomic<std::uint64_t> cached_frequency{0};

// Fixed at boot; several threads may find it at once, all with the same result.
std::uint64_t frequency() {
  std::uint64_t known = cached_frequency.load(std::memory_order_relaxed);
  if (known != 0) return known;
  LARGE_INTEGER measured;
  QueryPerformanceFrequency(&measured);
  known = static_cast<std::uint64_t>(measured.QuadPart);
  cached_frequency.store(known, std::memory_order_relaxed);
  return known;
}

}  // namespace

std::uint64_t monotonic_ns() {
  LARGE_INTEGER counter;
  QueryPerformanceCounter(&counter);
  std::uint64_t ticks = static_cast<std::uint64_t>(counter.QuadPart);
  std::uint64_t per_second = frequency();
  // Whole seconds apart from the rest: their product would overflow after some minutes.
  return ticks / per_second * kNanosecondsPerSecond +
         ticks % per_second * kNanosecondsPerSecond / per_second;
}

WallTime wall_time() {
  FILETIME now;
  GetSystemTimePreciseAsFileTime(&now);
  std::int64_t ticks = static_cast<std::int64_t>(now.dwHighDateTime) << 32 | now.dwLowDateTime;
  return {ticks / kFileTimePerSecond - kSecondsFrom1601To1970,
          static_cast<std::int32_t>(ticks % kFileTimePerSecond * 100)};
}

void sleep_ms(unsigned milliseconds) {
  Sleep(milliseconds);
}

}  // namespace violet
