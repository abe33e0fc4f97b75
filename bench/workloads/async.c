/* Asyncs between threads:
 *     mode=ping_pong  the loops of two threads wake each other in turns; an operation is a wake-up
 *     mode=pummel     a thread sends without pause; an operation is a send
 *     mode=pending    sends to a handle that is signalled already, on the loop's own thread */
#include <string.h>

#include "workload.h"

enum { kSendsAtOnce = 1000 };

struct side {
  uv_loop_t loop;
  uv_async_t async;
  struct side* other;
  uint64_t calls;
  uint64_t sent_at; /* By the first side. */
  int over;         /* Written before a send, read in the callback that it causes. */
};

static struct side sides[2];
static uint64_t sends;

static void open_side(struct side* side, uv_async_cb callback) {
  require(uv_loop_init(&side->loop), "uv_loop_init");
  require(uv_async_init(&side->loop, &side->async, callback), "uv_async_init");
  side->async.data = side;
  side->other = side == &sides[0] ? &sides[1] : &sides[0];
}

static void run_side(void* side) {
  uv_run(&((struct side*)side)->loop, UV_RUN_DEFAULT);
}

static void wake(struct side* side) {
  require(uv_async_send(&side->async), "uv_async_send");
}

static void on_ball(uv_async_t* async) {
  struct side* side = async->data;
  if (side->over) {
    uv_close((uv_handle_t*)async, NULL);
    return;
  }
  ++side->calls;
  if (side == &sides[0]) {
    record_latency(uv_hrtime() - side->sent_at);
    if (time_is_up()) {
      side->other->over = 1;
      uv_close((uv_handle_t*)async, NULL);
    }
    side->sent_at = uv_hrtime();
  }
  wake(side->other);
}

static void ping_pong(void) {
  uv_thread_t thread;
  open_side(&sides[0], on_ball);
  open_side(&sides[1], on_ball);
  require(uv_thread_create(&thread, run_side, &sides[1]), "uv_thread_create");
  await_go();
  sides[0].sent_at = uv_hrtime();
  wake(&sides[1]);
  run_side(&sides[0]);
  uv_thread_join(&thread);
  const uint64_t nanoseconds = nanoseconds_since_go();
  if (sides[0].calls != sides[1].calls) cheats("a callback came without a send, or not at all");
  finish(sides[0].calls + sides[1].calls, nanoseconds, "");
}

static void on_pummelled(uv_async_t* async) {
  struct side* side = async->data;
  ++side->calls;
  if (side->over) uv_close((uv_handle_t*)async, NULL);
}

static void pummel(void* unused) {
  (void)unused;
  while (!time_is_up()) {
    for (int i = 0; i < kSendsAtOnce; ++i)
      wake(&sides[0]);
    sends += kSendsAtOnce;
  }
}

static void pummel_from_thread(void) {
  uv_thread_t thread;
  uint64_t nanoseconds;
  open_side(&sides[1], on_pummelled);
  open_side(&sides[0], on_pummelled);
  await_go();
  require(uv_thread_create(&thread, pummel, NULL), "uv_thread_create");
  while (!time_is_up())
    uv_run(&sides[0].loop, UV_RUN_NOWAIT);
  uv_thread_join(&thread);
  nanoseconds = nanoseconds_since_go();
  sides[0].over = 1;
  wake(&sides[0]);
  run_side(&sides[0]);
  if (sides[0].calls == 0 || sides[0].calls > sends + 1) cheats("callbacks do not fit the sends");
  finish(sends, nanoseconds, "");
}

static void send_to_pending(void) {
  uint64_t nanoseconds;
  open_side(&sides[0], on_pummelled);
  await_go();
  pummel(NULL);
  nanoseconds = nanoseconds_since_go();
  sides[0].over = 1;
  run_side(&sides[0]);
  if (sides[0].calls != 1) cheats("many sends before the loop runs do not end in one callback");
  finish(sends, nanoseconds, "");
}

int main(int argc, char** argv) {
  const char* mode;
  options_read(argc, argv);
  mode = option_text("mode", "ping_pong");
  if (strcmp(mode, "ping_pong") == 0) {
    ping_pong();
  } else if (strcmp(mode, "pummel") == 0) {
    pummel_from_thread();
  } else if (strcmp(mode, "pending") == 0) {
    send_to_pending();
  } else {
    fail("no such mode");
  }
  return 0;
}
