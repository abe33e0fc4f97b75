/*
 * Four threads write and send. What a thread wrote before its send is seen by a callback that runs
 * after it, and no send is lost: the last value of each thread arrives.
 *
 * rules: ASYNC-05, ASYNC-06, ASYNC-07
 * count: arrived = 4
 * count: wrong-thread = 0
 * order: arrived < closed
 */
#include "trace.h"

enum { kThreads = 4, kSends = 20000 };

typedef struct {
  uv_async_t async; /* first member */
  uv_thread_t thread;
  volatile long value;
} sender_t;

static sender_t senders[kThreads];
static uv_thread_t loop_thread;

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void on_async(uv_async_t* handle) {
  sender_t* sender = (sender_t*)handle;
  uv_thread_t self = uv_thread_self();
  static int arrived;
  int i;
  if (!uv_thread_equal(&self, &loop_thread)) trace("wrong-thread");
  if (sender->value < kSends) return;
  if (uv_is_closing((uv_handle_t*)handle) || sender->thread == 0) return;
  must(uv_thread_join(&sender->thread));
  sender->thread = 0;
  trace("arrived");
  if (++arrived < kThreads) return;
  for (i = 0; i < kThreads; i++)
    uv_close((uv_handle_t*)&senders[i].async, on_closed);
}

static void send_all(void* arg) {
  sender_t* sender = (sender_t*)arg;
  long i;
  for (i = 1; i <= kSends; i++) {
    sender->value = i;
    must(uv_async_send(&sender->async));
  }
}

static void scenario(uv_loop_t* loop) {
  int i;
  loop_thread = uv_thread_self();
  for (i = 0; i < kThreads; i++)
    must(uv_async_init(loop, &senders[i].async, on_async));
  for (i = 0; i < kThreads; i++)
    must(uv_thread_create(&senders[i].thread, send_all, &senders[i]));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
