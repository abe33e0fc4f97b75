// Where the loop says it is while its engine waits, as a signal handler sees it.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/time.h>

#include "core/loop.h"

namespace violet {
namespace {

#ifdef NDEBUG

TEST(CallState, SaysThatTheEngineWaits) {
  GTEST_SKIP() << "this build has no assertions (NDEBUG)";
}

#else

uv_loop_t loop;
volatile sig_atomic_t was_in_engine = 0;

void look(int) {
  if (loop_of(&loop).calls.inside == Inside::kEngine) was_in_engine = 1;
}

TEST(CallState, SaysThatTheEngineWaits) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "ThreadSanitizer keeps a signal back until the wait is over";
#endif
  ASSERT_EQ(uv_loop_init(&loop), 0);
  uv_timer_t timer;
  ASSERT_EQ(uv_timer_init(&loop, &timer), 0);
  struct sigaction action = {};
  struct sigaction before;
  action.sa_handler = look;
  ASSERT_EQ(sigaction(SIGALRM, &action, &before), 0);
  const itimerval often = {{0, 1000}, {0, 1000}};
  ASSERT_EQ(setitimer(ITIMER_REAL, &often, nullptr), 0);
  ASSERT_EQ(uv_timer_start(
                &timer, [](uv_timer_t*) {}, 5, 5),
            0);
  while (was_in_engine == 0)
    uv_run(&loop, UV_RUN_ONCE);
  const itimerval never = {};
  ASSERT_EQ(setitimer(ITIMER_REAL, &never, nullptr), 0);
  ASSERT_EQ(sigaction(SIGALRM, &before, nullptr), 0);
  uv_close(reinterpret_cast<uv_handle_t*>(&timer), nullptr);
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(uv_loop_close(&loop), 0);
}

#endif

}  // namespace
}  // namespace violet
