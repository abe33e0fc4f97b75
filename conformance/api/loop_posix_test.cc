// The loop, where there are signals, forks, and a descriptor that it waits on.
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "loop_fixture.h"
#include "own_process.h"
#include "support.h"

namespace conformance {
namespace {

class LoopOnPosix : public LoopTest {};

template <typename Typed>
uv_handle_t* base(Typed& handle) {
  return reinterpret_cast<uv_handle_t*>(&handle);
}

TEST_F(LoopOnPosix, TheProfilersSignalCanBeBlocked) {
  EXPECT_EQ(0, uv_loop_configure(&loop, UV_LOOP_BLOCK_SIGNAL, SIGPROF));
  EXPECT_EQ(UV_EINVAL, uv_loop_configure(&loop, UV_LOOP_BLOCK_SIGNAL, SIGINT)) << "no other one";
}

TEST_F(LoopOnPosix, OnceGoesOnWaitingWhenASignalInterruptsIt) {
  struct sigaction ignore_call = {};
  ignore_call.sa_handler = [](int) {};
  struct sigaction before;
  sigaction(SIGUSR2, &ignore_call, &before);
  int called = 0;
  uv_async_t& async = fresh<uv_async_t>();
  uv_async_init(&loop, &async, [](uv_async_t* handle) { ++*static_cast<int*>(handle->data); });
  async.data = &called;
  pthread_t waiting = pthread_self();
  std::thread sender([&] {
    // Whether a signal hits the wait cannot be awaited from outside; twenty make it all but
    // certain.
    for (int i = 0; i < 20; ++i) {
      pthread_kill(waiting, SIGUSR2);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    uv_async_send(&async);
  });
  run(UV_RUN_ONCE);
  EXPECT_EQ(1, called);
  sender.join();
  sigaction(SIGUSR2, &before, nullptr);
}

TEST_F(LoopOnPosix, AnEmbedderThatWaitsOnTheDescriptorMissesNothing) {
  int ends[2];
  ASSERT_EQ(0, pipe(ends));
  uv_poll_t& watcher = fresh<uv_poll_t>();
  static int calls;
  calls = 0;
  ASSERT_EQ(0, uv_poll_init(&loop, &watcher, ends[0]));
  run(UV_RUN_NOWAIT);
  // Between two runs, as an embedder's own callbacks would do it.
  ASSERT_EQ(0, uv_poll_start(&watcher, UV_READABLE, [](uv_poll_t* ready, int, int) {
              ++calls;
              uv_poll_stop(ready);
            }));
  ASSERT_EQ(1, write(ends[1], "x", 1));
  if (int timeout = uv_backend_timeout(&loop); timeout != 0) {
    pollfd waiting = {uv_backend_fd(&loop), POLLIN, 0};
    EXPECT_EQ(1, poll(&waiting, 1, 10'000)) << "the loop would have found something";
  }
  run(UV_RUN_NOWAIT);
  EXPECT_EQ(1, calls);
  uv_close(base(watcher), nullptr);
  run();
  close(ends[0]);
  close(ends[1]);
}

TEST_F(LoopOnPosix, ASendWakesAnEmbedderThatWaitsOnTheDescriptor) {
  uv_async_t& async = fresh<uv_async_t>();
  uv_async_init(&loop, &async, nullptr);
  run(UV_RUN_NOWAIT);
  uv_async_send(&async);
  pollfd waiting = {uv_backend_fd(&loop), POLLIN, 0};
  EXPECT_EQ(1, poll(&waiting, 1, 10'000));
}

// Runs in a forked child; true when timers, asyncs and work still do what they should.
bool everything_works(uv_loop_t* loop) {
  static int done;
  done = 0;
  uv_timer_t timer;
  uv_timer_init(loop, &timer);
  uv_timer_start(
      &timer, [](uv_timer_t*) { ++done; }, 1, 0);
  uv_async_t async;
  uv_async_init(loop, &async, [](uv_async_t* sent) {
    ++done;
    uv_close(base(*sent), nullptr);
  });
  std::thread sender([&] { uv_async_send(&async); });
  uv_work_t work;
  uv_queue_work(
      loop, &work, [](uv_work_t*) {}, [](uv_work_t*, int) { ++done; });
  uv_run(loop, UV_RUN_DEFAULT);
  sender.join();
  uv_close(base(timer), nullptr);
  uv_run(loop, UV_RUN_DEFAULT);
  return done == 3;
}

TEST_F(LoopOnPosix, AForkedChildGoesOnWithTheLoop) {
  if (!kForkedChildrenMayStartThreads) GTEST_SKIP() << "ThreadSanitizer";
  // The parent's pool has threads, which the child has not.
  ASSERT_TRUE(everything_works(&loop));
  int parent_calls = 0;
  Action action = [&] { ++parent_calls; };
  uv_async_t& async = fresh<uv_async_t>();
  uv_async_init(&loop, &async, run_action<uv_async_t>);
  async.data = &action;
  EXPECT_EQ(0, in_own_process([&] {
              if (uv_loop_fork(&loop) != 0) return 1;
              uv_async_send(&async);
              uv_run(&loop, UV_RUN_ONCE);
              if (parent_calls != 1) return 2;
              uv_close(base(async), nullptr);
              return everything_works(&loop) ? 0 : 3;
            }));
  run(UV_RUN_NOWAIT);
  EXPECT_EQ(0, parent_calls) << "the child's wake-ups are its own";
  EXPECT_TRUE((uv_close(base(async), nullptr), everything_works(&loop)));
}

}  // namespace
}  // namespace conformance
