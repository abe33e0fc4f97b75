#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "own_process.h"
#include "support.h"

namespace {

// The signals that came to a handle, as its callback saw them.
struct Watcher {
  uv_signal_t handle = {};
  std::vector<int> caught;
  void (*then)(Watcher&) = nullptr;

  explicit Watcher(uv_loop_t* loop) {
    EXPECT_EQ(0, uv_signal_init(loop, &handle));
    handle.data = this;
  }

  ~Watcher() {
    then = nullptr;
    close();
    uv_run(handle.loop, UV_RUN_NOWAIT);
  }

  static void on_signal(uv_signal_t* handle, int number) {
    Watcher& watcher = *static_cast<Watcher*>(handle->data);
    watcher.caught.push_back(number);
    if (watcher.then != nullptr) watcher.then(watcher);
  }

  int start(int number) { return uv_signal_start(&handle, on_signal, number); }
  int start_once(int number) { return uv_signal_start_oneshot(&handle, on_signal, number); }
  void stop() { EXPECT_EQ(0, uv_signal_stop(&handle)); }
  bool active() const { return uv_is_active(reinterpret_cast<const uv_handle_t*>(&handle)) != 0; }
  void close() {
    uv_handle_t* closing = reinterpret_cast<uv_handle_t*>(&handle);
    if (!uv_is_closing(closing)) uv_close(closing, nullptr);
  }
};

class SignalTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(0, uv_loop_init(&loop)); }
  void TearDown() override {
    uv_run(&loop, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop));
  }
  void turn() { uv_run(&loop, UV_RUN_NOWAIT); }

  uv_loop_t loop;
};

bool has_default_action(int number) {
  struct sigaction action;
  sigaction(number, nullptr, &action);
  return action.sa_handler == SIG_DFL;
}

using Numbers = std::vector<int>;

TEST_F(SignalTest, RunsTheCallbackForEachSignal) {
  Watcher watcher(&loop);
  EXPECT_FALSE(watcher.active());
  ASSERT_EQ(0, watcher.start(SIGUSR1));
  EXPECT_TRUE(watcher.active());
  EXPECT_EQ(SIGUSR1, watcher.handle.signum);
  raise(SIGUSR1);
  EXPECT_TRUE(watcher.caught.empty()) << "not inside raise()";
  raise(SIGUSR1);
  turn();
  EXPECT_EQ(Numbers({SIGUSR1, SIGUSR1}), watcher.caught);
  watcher.close();
}

// Not NSIG, which leaves out the real-time signals on some systems.
int first_number_beyond_all_signals() {
  struct sigaction action;
  int number = 1000;
  while (sigaction(number - 1, nullptr, &action) != 0)
    --number;
  return number;
}

TEST_F(SignalTest, RefusesWhatCannotBeCaught) {
  Watcher watcher(&loop);
  for (int number : {0, -1, first_number_beyond_all_signals(), 1000, SIGKILL, SIGSTOP})
    EXPECT_EQ(UV_EINVAL, watcher.start(number)) << number;
  EXPECT_FALSE(watcher.active());
}

TEST_F(SignalTest, AFailedStartChangesNothing) {
  if (!conformance::is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 stops the handle";
  Watcher watcher(&loop);
  ASSERT_EQ(0, watcher.start(SIGUSR1));
  EXPECT_EQ(UV_EINVAL, watcher.start(SIGKILL));
  EXPECT_TRUE(watcher.active());
  raise(SIGUSR1);
  turn();
  EXPECT_EQ(Numbers({SIGUSR1}), watcher.caught);
}

TEST_F(SignalTest, RefusesAClosingHandle) {
  if (!conformance::is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 aborts";
  Watcher watcher(&loop);
  watcher.close();
  EXPECT_EQ(UV_EINVAL, watcher.start(SIGUSR1));
}

TEST_F(SignalTest, RestoresTheDefaultWithTheLastHandle) {
  Watcher first(&loop), second(&loop);
  ASSERT_EQ(0, first.start(SIGUSR1));
  ASSERT_EQ(0, second.start(SIGUSR1));
  EXPECT_FALSE(has_default_action(SIGUSR1));
  first.stop();
  EXPECT_FALSE(has_default_action(SIGUSR1));
  second.close();
  EXPECT_TRUE(has_default_action(SIGUSR1));
}

TEST_F(SignalTest, RestartsInterruptedSystemCalls) {
  Watcher watcher(&loop);
  ASSERT_EQ(0, watcher.start(SIGUSR1));
  struct sigaction action;
  sigaction(SIGUSR1, nullptr, &action);
  EXPECT_NE(0, action.sa_flags & SA_RESTART);
}

TEST_F(SignalTest, KeepsTheOrderOfDifferentSignals) {
  Watcher one(&loop), two(&loop);
  std::vector<int> order;
  auto note = [](uv_signal_t* handle, int number) {
    static_cast<std::vector<int>*>(handle->data)->push_back(number);
  };
  one.handle.data = two.handle.data = &order;
  ASSERT_EQ(0, uv_signal_start(&one.handle, note, SIGUSR1));
  ASSERT_EQ(0, uv_signal_start(&two.handle, note, SIGUSR2));
  raise(SIGUSR2);
  raise(SIGUSR1);
  raise(SIGUSR2);
  turn();
  EXPECT_EQ(Numbers({SIGUSR2, SIGUSR1, SIGUSR2}), order);
}

TEST_F(SignalTest, LosesNoneOfMany) {
  Watcher watcher(&loop);
  ASSERT_EQ(0, watcher.start(SIGUSR1));
  for (int i = 0; i < 1000; ++i)
    raise(SIGUSR1);
  turn();
  turn();
  EXPECT_EQ(1000u, watcher.caught.size());
}

TEST_F(SignalTest, AStartedHandleTakesAnotherCallbackOrSignal) {
  Watcher watcher(&loop);
  ASSERT_EQ(0, uv_signal_start(
                   &watcher.handle, [](uv_signal_t*, int) { ADD_FAILURE(); }, SIGUSR1));
  ASSERT_EQ(0, watcher.start(SIGUSR1));
  raise(SIGUSR1);
  turn();
  ASSERT_EQ(0, watcher.start(SIGUSR2));
  EXPECT_TRUE(has_default_action(SIGUSR1));
  raise(SIGUSR2);
  turn();
  EXPECT_EQ(Numbers({SIGUSR1, SIGUSR2}), watcher.caught);
}

TEST_F(SignalTest, OnceStopsBeforeTheCallback) {
  if (!conformance::is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 stops it after the callback";
  Watcher watcher(&loop);
  ASSERT_EQ(0, watcher.start_once(SIGUSR1));
  watcher.then = [](Watcher& self) {
    // libuv 1.44 stops it after the callback.
    if (conformance::is_at_least(1, 52)) {
      EXPECT_FALSE(self.active());
    }
  };
  raise(SIGUSR1);
  EXPECT_TRUE(has_default_action(SIGUSR1)) << "reset the moment the signal comes";
  turn();
  EXPECT_EQ(Numbers({SIGUSR1}), watcher.caught);
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
}

TEST_F(SignalTest, OnceCanBeStartedAgainInItsCallback) {
  if (!conformance::is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 stops it after the callback";
  Watcher watcher(&loop);
  ASSERT_EQ(0, watcher.start_once(SIGUSR1));
  watcher.then = [](Watcher& self) {
    if (self.caught.size() > 1) return;
    EXPECT_EQ(0, self.start_once(SIGUSR1));
  };
  raise(SIGUSR1);
  turn();
  raise(SIGUSR1);
  turn();
  EXPECT_EQ(2u, watcher.caught.size());
  EXPECT_FALSE(watcher.active());
}

TEST_F(SignalTest, OnceBesideAPersistentHandleLeavesItAlone) {
  Watcher once(&loop), always(&loop);
  ASSERT_EQ(0, once.start_once(SIGUSR1));
  ASSERT_EQ(0, always.start(SIGUSR1));
  raise(SIGUSR1);
  raise(SIGUSR1);
  turn();
  EXPECT_EQ(1u, once.caught.size());
  EXPECT_EQ(2u, always.caught.size());
}

TEST_F(SignalTest, StoppingDropsWhatWasCaught) {
  Watcher stopped(&loop), closed(&loop);
  ASSERT_EQ(0, stopped.start(SIGUSR1));
  ASSERT_EQ(0, closed.start(SIGUSR1));
  raise(SIGUSR1);
  stopped.stop();
  closed.close();
  turn();
  EXPECT_TRUE(stopped.caught.empty());
  EXPECT_TRUE(closed.caught.empty());
}

TEST_F(SignalTest, MayCloseItselfAndOthersInTheCallback) {
  Watcher first(&loop), second(&loop);
  ASSERT_EQ(0, first.start(SIGUSR1));
  ASSERT_EQ(0, second.start(SIGUSR1));
  static Watcher* both[2];
  both[0] = &first;
  both[1] = &second;
  first.then = second.then = [](Watcher&) {
    both[0]->close();
    both[1]->close();
  };
  raise(SIGUSR1);
  raise(SIGUSR1);
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
  EXPECT_EQ(1u, first.caught.size() + second.caught.size());
}

TEST_F(SignalTest, UnreferencedHandlesDoNotHoldTheLoop) {
  Watcher watcher(&loop);
  ASSERT_EQ(0, watcher.start(SIGUSR1));
  uv_unref(reinterpret_cast<uv_handle_t*>(&watcher.handle));
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
}

TEST_F(SignalTest, WakesASleepingLoop) {
  Watcher watcher(&loop);
  ASSERT_EQ(0, watcher.start(SIGUSR1));
  watcher.then = [](Watcher& self) { self.close(); };
  std::thread sender([] { kill(getpid(), SIGUSR1); });
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
  sender.join();
  EXPECT_EQ(Numbers({SIGUSR1}), watcher.caught);
}

TEST(SignalThreadsTest, EveryLoopThatWantsASignalGetsIt) {
  constexpr int kLoops = 4, kSignals = 20;
  std::atomic<int> ready{0}, round_done{0};
  std::vector<std::thread> threads;
  struct Counter {
    std::atomic<int>* done;
    int count;
  };
  for (int i = 0; i < kLoops; ++i) {
    threads.emplace_back([&] {
      uv_loop_t loop;
      ASSERT_EQ(0, uv_loop_init(&loop));
      Counter counter = {&round_done, 0};
      uv_signal_t signals[2];
      for (uv_signal_t& signal : signals) {
        ASSERT_EQ(0, uv_signal_init(&loop, &signal));
        signal.data = &counter;
        auto count = [](uv_signal_t* self, int) {
          Counter& counter = *static_cast<Counter*>(self->data);
          ++counter.count;
          ++*counter.done;
          // Either handle stops at its last one.
          if (counter.count >= 2 * kSignals - 1)
            uv_close(reinterpret_cast<uv_handle_t*>(self), nullptr);
        };
        ASSERT_EQ(0, uv_signal_start(&signal, count, SIGUSR2));
      }
      ++ready;
      EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
      EXPECT_EQ(2 * kSignals, counter.count);
      EXPECT_EQ(0, uv_loop_close(&loop));
    });
  }
  while (ready < kLoops)
    std::this_thread::yield();
  for (int round = 1; round <= kSignals; ++round) {
    kill(getpid(), SIGUSR2);
    while (round_done < round * kLoops * 2)
      std::this_thread::yield();
  }
  for (std::thread& thread : threads)
    thread.join();
}

TEST(SignalForkTest, TheChildsSignalsAreItsOwn) {
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  {
    Watcher watcher(&loop);
    ASSERT_EQ(0, watcher.start(SIGUSR1));
    EXPECT_EQ(0, conformance::in_own_process([&] {
                if (uv_loop_fork(&loop) != 0) return 2;
                raise(SIGUSR1);
                uv_run(&loop, UV_RUN_NOWAIT);
                return watcher.caught.size() == 1 ? 0 : 1;
              }));
    uv_run(&loop, UV_RUN_NOWAIT);
    EXPECT_TRUE(watcher.caught.empty());
    raise(SIGUSR1);
    uv_run(&loop, UV_RUN_NOWAIT);
    EXPECT_EQ(1u, watcher.caught.size());
    watcher.close();
    uv_run(&loop, UV_RUN_DEFAULT);
  }
  EXPECT_EQ(0, uv_loop_close(&loop));
}

}  // namespace
