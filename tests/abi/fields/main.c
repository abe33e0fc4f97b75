/* Reads fields that programs read without asking, at many moments, and prints them. Compiled with
 * libuv's installed headers and run on its library and on ours, it has to print the same. */
#include "show.h"

uv_loop_t loop;
int shows_counts = 1;

static int backend_is_told(void) {
  return loop.backend_fd == uv_backend_fd(&loop);
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  CHECK(uv_loop_init(&loop) == 0);
  printf("loop: descriptor %d, active_handles %u, active_reqs %u, stop_flag %u, closing %d\n",
         loop.backend_fd >= 0, loop.active_handles, loop.active_reqs.count, loop.stop_flag,
         loop.closing_handles != NULL);
  uv_stop(&loop);
  printf("stop_flag %u\n", loop.stop_flag);
  uv_run(&loop, UV_RUN_NOWAIT);
  printf("stop_flag %u\n", loop.stop_flag);
  stream_lives();
  datagram_lives();
  other_lives();
  printf("backend_fd %d\n", loop.backend_fd >= 0 && backend_is_told());
  CHECK(uv_loop_fork(&loop) == 0);
  printf("after a fork %d\n", loop.backend_fd >= 0 && backend_is_told());
  CHECK(uv_loop_close(&loop) == 0);
  printf("closed: backend_fd %d\n", loop.backend_fd);
  return 0;
}
