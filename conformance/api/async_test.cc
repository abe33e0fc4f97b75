// Waking a loop from threads.
#include <atomic>
#include <thread>

#include "loop_fixture.h"
#include "support.h"

namespace conformance {
namespace {

class AsyncTest : public LoopTest {
 protected:
  void init(uv_async_t& async, Action& action) {
    ASSERT_EQ(0, uv_async_init(&loop, &async, run_action<uv_async_t>));
    async.data = &action;
  }
  static void close(uv_async_t& async) {
    uv_close(reinterpret_cast<uv_handle_t*>(&async), nullptr);
  }
};

TEST_F(AsyncTest, IsActiveFromTheStart) {
  uv_async_t& async = fresh<uv_async_t>();
  Action action = [] {};
  init(async, action);
  EXPECT_EQ(UV_ASYNC, async.type);
  EXPECT_EQ(1, uv_is_active(reinterpret_cast<uv_handle_t*>(&async)));
  EXPECT_NE(0, uv_loop_alive(&loop));
}

TEST_F(AsyncTest, VeryManySendsBeforeTheCallbackAreOne) {
  uv_async_t& async = fresh<uv_async_t>();
  int calls = 0;
  Action action = [&] { ++calls; };
  init(async, action);
  for (int i = 0; i < 5000; ++i)
    EXPECT_EQ(0, uv_async_send(&async));
  run(UV_RUN_NOWAIT);
  run(UV_RUN_NOWAIT);
  EXPECT_EQ(1, calls);
}

TEST_F(AsyncTest, SendInTheCallbackCallsAgain) {
  uv_async_t& async = fresh<uv_async_t>();
  int calls = 0;
  Action action = [&] {
    if (++calls < 5) {
      uv_async_send(&async);
    } else {
      close(async);
    }
  };
  init(async, action);
  uv_async_send(&async);
  run();
  EXPECT_EQ(5, calls);
}

TEST_F(AsyncTest, AThreadEndsABlockingWait) {
  constexpr int kRounds = 100;
  uv_async_t& async = fresh<uv_async_t>();
  int calls = 0;
  Action action = [&] { ++calls; };
  init(async, action);
  // Right before the loop waits, so that most of the sends find it waiting.
  std::atomic<int> waits{0};
  Action count_wait = [&] { ++waits; };
  uv_prepare_t& prepare = fresh<uv_prepare_t>();
  uv_prepare_init(&loop, &prepare);
  prepare.data = &count_wait;
  uv_prepare_start(&prepare, run_action<uv_prepare_t>);
  std::thread sender([&] {
    for (int round = 1; round <= kRounds; ++round) {
      while (waits < round)
        std::this_thread::yield();
      uv_async_send(&async);
    }
  });
  for (int round = 1; round <= kRounds; ++round) {
    run(UV_RUN_ONCE);
    EXPECT_EQ(round, calls);
  }
  sender.join();
}

TEST_F(AsyncTest, NothingAThreadWroteBeforeSendingIsMissed) {
  constexpr int kRounds = 20'000;
  constexpr int kThreads = 3;
  uv_async_t& async = fresh<uv_async_t>();
  std::atomic<int> written{0};
  int seen = 0;
  Action action = [&] {
    seen = written.load();
    if (seen == kRounds * kThreads) close(async);
  };
  init(async, action);
  std::vector<std::thread> senders;
  for (int i = 0; i < kThreads; ++i) {
    senders.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        ++written;
        uv_async_send(&async);
      }
    });
  }
  run();
  for (std::thread& sender : senders)
    sender.join();
  EXPECT_EQ(kRounds * kThreads, seen);
}

TEST_F(AsyncTest, SeveralHandlesEachGetTheirOwn) {
  constexpr std::size_t kCount = 50;
  uv_async_t* asyncs = fresh_array<uv_async_t>(kCount);
  int calls[kCount] = {};
  Action actions[kCount];
  for (std::size_t i = 0; i < kCount; ++i) {
    actions[i] = [&calls, i] { ++calls[i]; };
    init(asyncs[i], actions[i]);
  }
  for (std::size_t i = 0; i < kCount; i += 2)
    uv_async_send(&asyncs[i]);
  run(UV_RUN_NOWAIT);
  for (std::size_t i = 0; i < kCount; ++i)
    EXPECT_EQ(i % 2 == 0 ? 1 : 0, calls[i]);
}

TEST_F(AsyncTest, ClosingForgetsASendUnderWay) {
  uv_async_t& sent = fresh<uv_async_t>();
  uv_async_t& other = fresh<uv_async_t>();
  int calls = 0;
  Action action = [&] { ++calls; };
  init(sent, action);
  init(other, action);
  uv_async_send(&sent);
  uv_async_send(&other);
  close(sent);
  run(UV_RUN_NOWAIT);
  EXPECT_EQ(1, calls);
}

TEST_F(AsyncTest, ACallbackMayCloseTheOthers) {
  uv_async_t& first = fresh<uv_async_t>();
  uv_async_t& second = fresh<uv_async_t>();
  int calls = 0;
  Action action = [&] {
    ++calls;
    close(first);
    close(second);
  };
  init(first, action);
  init(second, action);
  uv_async_send(&first);
  uv_async_send(&second);
  run();
  EXPECT_EQ(1, calls);
}

TEST_F(AsyncTest, MayHaveNoCallback) {
  uv_async_t& async = fresh<uv_async_t>();
  ASSERT_EQ(0, uv_async_init(&loop, &async, nullptr));
  EXPECT_EQ(0, uv_async_send(&async));
  run(UV_RUN_ONCE);
}

TEST_F(AsyncTest, TheLoopMayGoAwayWhileASenderReturns) {
  // The last send of a thread is what lets the loop end; nothing may touch the loop after that.
  for (int round = 0; round < 200; ++round) {
    uv_loop_t* short_lived = new uv_loop_t;
    ASSERT_EQ(0, uv_loop_init(short_lived));
    uv_async_t async;
    uv_async_init(short_lived, &async, [](uv_async_t* done) {
      uv_close(reinterpret_cast<uv_handle_t*>(done), nullptr);
    });
    std::thread sender([&] { uv_async_send(&async); });
    uv_run(short_lived, UV_RUN_DEFAULT);
    if (!is_at_least(1, 45)) sender.join();
    ASSERT_EQ(0, uv_loop_close(short_lived));
    if (sender.joinable()) sender.join();
    delete short_lived;
  }
}

}  // namespace
}  // namespace conformance
