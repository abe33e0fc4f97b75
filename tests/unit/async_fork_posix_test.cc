// fork(2) while another thread is inside uv_async_send(): in the child that thread never goes on.
// No public call can stop a sender there, so its traces are left by hand.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include "handle/async.h"

namespace violet {
namespace {

int calls;

class AsyncForkTest : public testing::Test {
 protected:
  void SetUp() override {
    calls = 0;
    ASSERT_EQ(0, uv_loop_init(&loop));
    ASSERT_EQ(0, uv_async_init(&loop, &handle, [](uv_async_t*) { ++calls; }));
  }
  void TearDown() override {
    uv_close(reinterpret_cast<uv_handle_t*>(&handle), nullptr);
    EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
    EXPECT_EQ(0, uv_loop_close(&loop));
  }
  Async& async() { return view<Async>(&handle); }

  // What `body` returns in a child that must end by itself.
  template <typename Body>
  int in_forked_child(Body body) {
    pid_t child = fork();
    if (child == 0) {
      alarm(20);
      _exit(uv_loop_fork(&loop) == 0 ? body() : 99);
    }
    int status = -1;
    EXPECT_EQ(child, waitpid(child, &status, 0));
    EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
    return WEXITSTATUS(status);
  }

  uv_loop_t loop;
  uv_async_t handle;
};

TEST_F(AsyncForkTest, AChildSendsAlthoughASenderWasLostOnItsWay) {
  async().sends = 1u;
  EXPECT_EQ(1, in_forked_child([this] {
              uv_async_send(&handle);
              uv_run(&loop, UV_RUN_NOWAIT);
              return calls;
            }));
  async().sends = 0;
}

TEST_F(AsyncForkTest, AChildClosesAlthoughASenderWasLostOnItsWay) {
  async().sends = 1u;
  EXPECT_EQ(0, in_forked_child([this] {
              uv_close(reinterpret_cast<uv_handle_t*>(&handle), nullptr);
              uv_run(&loop, UV_RUN_DEFAULT);
              return uv_loop_close(&loop) == 0 ? calls : 98;
            }));
  async().sends = 0;
}

TEST_F(AsyncForkTest, WhatWasSentBeforeTheForkIsTheChildsOnce) {
  uv_async_send(&handle);
  EXPECT_EQ(1, in_forked_child([this] {
              uv_async_send(&handle);
              uv_run(&loop, UV_RUN_NOWAIT);
              uv_run(&loop, UV_RUN_NOWAIT);
              return calls;
            }));
  uv_run(&loop, UV_RUN_NOWAIT);
  EXPECT_EQ(1, calls);
}

}  // namespace
}  // namespace violet
