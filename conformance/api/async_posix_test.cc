// Waking a loop from signal handlers.
#include <signal.h>

#include "loop_fixture.h"
#include "support.h"

namespace conformance {
namespace {

class AsyncSignalTest : public LoopTest {
 protected:
  void init(uv_async_t& async, Action& action) {
    ASSERT_EQ(0, uv_async_init(&loop, &async, run_action<uv_async_t>));
    async.data = &action;
  }
  static void close(uv_async_t& async) {
    uv_close(reinterpret_cast<uv_handle_t*>(&async), nullptr);
  }
};

uv_async_t* signalled_async;

TEST_F(AsyncSignalTest, MayBeSentFromASignalHandler) {
  uv_async_t& async = fresh<uv_async_t>();
  int calls = 0;
  Action action = [&] { ++calls; };
  init(async, action);
  signalled_async = &async;
  struct sigaction handler = {};
  struct sigaction previous;
  handler.sa_handler = [](int) { uv_async_send(signalled_async); };
  sigaction(SIGUSR2, &handler, &previous);
  raise(SIGUSR2);
  run(UV_RUN_ONCE);
  EXPECT_EQ(1, calls);
  sigaction(SIGUSR2, &previous, nullptr);
}

}  // namespace
}  // namespace conformance
