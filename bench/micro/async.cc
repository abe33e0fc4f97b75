// Asyncs: to and fro between two threads, and one sender in a tight loop.
#include "measure.h"

namespace {

constexpr long kTurns = 50'000;
constexpr long kSends = 2'000'000;

struct Side {
  uv_loop_t loop;
  uv_async_t async;
  Side* other;
  long left;
};

void on_ball(uv_async_t* async) {
  Side& side = *static_cast<Side*>(async->data);
  uv_async_send(&side.other->async);
  if (--side.left == 0) uv_close(reinterpret_cast<uv_handle_t*>(async), nullptr);
}

void run_side(void* side) {
  uv_run(&static_cast<Side*>(side)->loop, UV_RUN_DEFAULT);
}

void play() {
  Side sides[2];
  for (int i = 0; i < 2; ++i) {
    uv_loop_init(&sides[i].loop);
    uv_async_init(&sides[i].loop, &sides[i].async, on_ball);
    sides[i].async.data = &sides[i];
    sides[i].other = &sides[1 - i];
    sides[i].left = kTurns;
  }
  uv_async_send(&sides[0].async);
  uv_thread_t thread;
  uv_thread_create(&thread, run_side, &sides[1]);
  run_side(&sides[0]);
  uv_thread_join(&thread);
  for (Side& side : sides)
    uv_loop_close(&side.loop);
}

void send_often() {
  uv_loop_t loop;
  uv_loop_init(&loop);
  uv_async_t async;
  uv_async_init(&loop, &async, [](uv_async_t*) {});
  for (long i = 0; i < kSends; ++i)
    uv_async_send(&async);
  uv_close(reinterpret_cast<uv_handle_t*>(&async), nullptr);
  uv_run(&loop, UV_RUN_DEFAULT);
  uv_loop_close(&loop);
}

void send_and_run() {
  uv_loop_t loop;
  uv_loop_init(&loop);
  uv_async_t async;
  uv_async_init(&loop, &async, [](uv_async_t*) {});
  for (long i = 0; i < kTurns; ++i) {
    uv_async_send(&async);
    uv_run(&loop, UV_RUN_NOWAIT);
  }
  uv_close(reinterpret_cast<uv_handle_t*>(&async), nullptr);
  uv_run(&loop, UV_RUN_DEFAULT);
  uv_loop_close(&loop);
}

}  // namespace

int main() {
  bench::measure("ping-pong, per turn", 2 * kTurns, play);
  bench::measure("send, already pending", kSends, send_often);
  bench::measure("send and run once", kTurns, send_and_run);
  return 0;
}
