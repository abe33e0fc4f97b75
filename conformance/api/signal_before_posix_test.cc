// The action that a signal had before a handle was started for it.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process_posix_support.h"
#include "support.h"
#include "system.h"

namespace conformance {
namespace {

using Action = void (*)(int);

volatile sig_atomic_t own_calls = 0;

void own_handler(int) {
  own_calls = own_calls + 1;
}

class SignalBefore : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 leaves the default action behind";
    own_calls = 0;
    ASSERT_EQ(0, uv_loop_init(&loop));
    for (uv_signal_t& handle : handles) {
      ASSERT_EQ(0, uv_signal_init(&loop, &handle));
      handle.data = this;
    }
    for (int number : {SIGHUP, SIGCHLD})
      signal(number, SIG_DFL);
  }

  void TearDown() override {
    if (testing::Test::IsSkipped()) return;
    for (uv_signal_t& handle : handles)
      uv_close(reinterpret_cast<uv_handle_t*>(&handle), nullptr);
    uv_run(&loop, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop));
    for (int number : {SIGHUP, SIGCHLD})
      signal(number, SIG_DFL);
  }

  static void on_signal(uv_signal_t* handle, int) {
    ++static_cast<SignalBefore*>(handle->data)->caught;
  }

  static Action action_of(int number) {
    struct sigaction action;
    sigaction(number, nullptr, &action);
    return action.sa_handler;
  }

  void raise_and_turn() {
    raise(SIGHUP);
    uv_run(&loop, UV_RUN_NOWAIT);
  }

  uv_loop_t loop;
  uv_signal_t handles[2];
  int caught = 0;
};

TEST_F(SignalBefore, IsBackWhenTheHandleStops) {
  for (Action before : {SIG_IGN, static_cast<Action>(own_handler), SIG_DFL}) {
    signal(SIGHUP, before);
    for (int round = 1; round <= 2; ++round) {
      ASSERT_EQ(0, uv_signal_start(&handles[0], on_signal, SIGHUP));
      caught = 0;
      raise_and_turn();
      EXPECT_EQ(1, caught);
      EXPECT_EQ(0, own_calls);
      ASSERT_EQ(0, uv_signal_stop(&handles[0]));
      EXPECT_EQ(before, action_of(SIGHUP)) << round;
    }
  }
}

TEST_F(SignalBefore, IsBackWithItsFlagsAndMask) {
  struct sigaction before = {}, after;
  before.sa_handler = own_handler;
  before.sa_flags = SA_NODEFER;
  sigaddset(&before.sa_mask, SIGUSR2);
  ASSERT_EQ(0, sigaction(SIGHUP, &before, nullptr));
  ASSERT_EQ(0, uv_signal_start(&handles[0], on_signal, SIGHUP));
  ASSERT_EQ(0, uv_signal_stop(&handles[0]));
  ASSERT_EQ(0, sigaction(SIGHUP, nullptr, &after));
  EXPECT_EQ(SA_NODEFER, after.sa_flags & (SA_NODEFER | SA_RESTART));
  EXPECT_EQ(1, sigismember(&after.sa_mask, SIGUSR2));
  EXPECT_EQ(0, sigismember(&after.sa_mask, SIGTERM));
}

TEST_F(SignalBefore, IsBackWithTheLastHandleOnly) {
  signal(SIGHUP, SIG_IGN);
  ASSERT_EQ(0, uv_signal_start(&handles[0], on_signal, SIGHUP));
  ASSERT_EQ(0, uv_signal_start(&handles[1], on_signal, SIGHUP));
  ASSERT_EQ(0, uv_signal_stop(&handles[0]));
  EXPECT_NE(SIG_IGN, action_of(SIGHUP));
  raise_and_turn();
  EXPECT_EQ(1, caught);
  ASSERT_EQ(0, uv_signal_stop(&handles[1]));
  EXPECT_EQ(SIG_IGN, action_of(SIGHUP));
}

TEST_F(SignalBefore, IsBackWhenTheHandleMovesToAnotherSignal) {
  signal(SIGHUP, SIG_IGN);
  ASSERT_EQ(0, uv_signal_start(&handles[0], on_signal, SIGHUP));
  ASSERT_EQ(0, uv_signal_start(&handles[0], on_signal, SIGUSR1));
  EXPECT_EQ(SIG_IGN, action_of(SIGHUP));
}

// Twice in a row before the loop looks: the second one finds the action from before.
TEST_F(SignalBefore, IsBackTheMomentAOneShotSignalComes) {
  for (Action before : {SIG_IGN, static_cast<Action>(own_handler)}) {
    caught = 0;
    signal(SIGHUP, before);
    ASSERT_EQ(0, uv_signal_start_oneshot(&handles[0], on_signal, SIGHUP));
    raise(SIGHUP);
    EXPECT_EQ(before, action_of(SIGHUP));
    raise_and_turn();
    EXPECT_EQ(1, caught);
    EXPECT_EQ(before == SIG_IGN ? 0 : 1, own_calls);
    EXPECT_EQ(before, action_of(SIGHUP));
  }
}

TEST_F(SignalBefore, WhatTheProgramSetsMeanwhileStays) {
  for (Action meanwhile : {SIG_IGN, static_cast<Action>(own_handler)}) {
    signal(SIGHUP, SIG_DFL);
    ASSERT_EQ(0, uv_signal_start(&handles[0], on_signal, SIGHUP));
    signal(SIGHUP, meanwhile);
    ASSERT_EQ(0, uv_signal_stop(&handles[0]));
    EXPECT_EQ(meanwhile, action_of(SIGHUP));
  }
}

// A program that saves and restores actions around something may hand us our own.
TEST_F(SignalBefore, IsNeverTheLibrarysOwn) {
  struct sigaction ours;
  ASSERT_EQ(0, uv_signal_start(&handles[0], on_signal, SIGHUP));
  ASSERT_EQ(0, sigaction(SIGHUP, nullptr, &ours));
  ASSERT_EQ(0, uv_signal_stop(&handles[0]));
  ASSERT_EQ(0, sigaction(SIGHUP, &ours, nullptr));
  ASSERT_EQ(0, uv_signal_start(&handles[0], on_signal, SIGHUP));
  ASSERT_EQ(0, uv_signal_stop(&handles[0]));
  EXPECT_EQ(SIG_DFL, action_of(SIGHUP));
}

// Else the kernel would reap the child, and nobody would learn how it ended.
TEST_F(SignalBefore, AnIgnoredChildSignalDoesNotComeBackUnderAChild) {
  signal(SIGCHLD, SIG_IGN);
  ASSERT_EQ(0, uv_signal_start(&handles[0], on_signal, SIGCHLD));
  int ends[2];
  ASSERT_EQ(0, test_support::open_pipe(ends));
  Child child({"/bin/sh", "-c", "read line; exit 7"});
  child.give(0, ends[0]);
  ASSERT_EQ(0, child.spawn(loop));
  ASSERT_EQ(0, uv_signal_stop(&handles[0]));
  ::close(ends[1]);
  ::close(ends[0]);
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(1, child.exits);
  EXPECT_EQ(7, child.status);
}

}  // namespace
}  // namespace conformance
