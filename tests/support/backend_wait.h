// What an embedder does in the place of the loop's own wait.
#pragma once

#include <poll.h>
#include <uv.h>

namespace test_support {

// Waits for so many milliseconds until there is something for the loop to do. False when the time
// was over before.
inline bool wait_on_backend(const uv_loop_t& loop, int milliseconds) {
  pollfd waiting = {uv_backend_fd(&loop), POLLIN, 0};
  return poll(&waiting, 1, milliseconds) > 0;
}

}  // namespace test_support
