// What the micro-benchmarks share. They know uv.h only, so LD_LIBRARY_PATH turns them on another
// library.
#pragma once

#include <uv.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace bench {

// Ends the program when a call failed: there is nothing to measure then.
inline void check(std::int64_t result, const char* what) {
  if (result >= 0) return;
  std::fprintf(stderr, "%s: %s\n", what, uv_strerror(static_cast<int>(result)));
  std::exit(1);
}

inline void close_all(uv_loop_t& loop) {
  uv_walk(
      &loop,
      [](uv_handle_t* handle, void*) {
        if (!uv_is_closing(handle)) uv_close(handle, nullptr);
      },
      nullptr);
}

}  // namespace bench
