// Polling ends of socket pairs, as POSIX systems tell of them.
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "stream_support.h"

namespace conformance {
namespace {

// kqueue calls the writing side ended by whoever ends it.
TEST_F(StreamTest, PollingTakesTheEndOfOnesOwnWritesForNoDisconnect) {
  int ends[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  ASSERT_EQ(0, shutdown(ends[0], SHUT_WR));
  uv_poll_t watcher;
  int told = 0;
  watcher.data = &told;
  ASSERT_EQ(0, uv_poll_init(&loop_, &watcher, ends[0]));
  ASSERT_EQ(0, uv_poll_start(&watcher, UV_WRITABLE | UV_DISCONNECT,
                             [](uv_poll_t* handle, int status, int events) {
                               EXPECT_EQ(0, status);
                               *static_cast<int*>(handle->data) |= events;
                             }));
  run_until([&] { return told != 0; });
  EXPECT_EQ(UV_WRITABLE, told);
  ::close(ends[1]);
  run_until([&] { return (told & UV_DISCONNECT) != 0; });
  close(watcher);
  run_until([] { return true; });
  ::close(ends[0]);
}

// Where a program has closed a watched descriptor and kept a copy, the kernel goes on watching the
// open file under the number that is gone.
TEST_F(StreamTest, ADescriptorThatComesBackUnderItsNumberIsPolledAgain) {
  int ends[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  uv_poll_t first;
  ASSERT_EQ(0, uv_poll_init(&loop_, &first, ends[0]));
  ASSERT_EQ(0, uv_poll_start(&first, UV_READABLE, [](uv_poll_t*, int, int) {}));
  uv_run(&loop_, UV_RUN_NOWAIT);
  const int copy = dup(ends[0]);
  ::close(ends[0]);
  uv_poll_stop(&first);
  ASSERT_EQ(ends[0], dup2(copy, ends[0]));

  uv_poll_t again;
  std::vector<int> told;
  again.data = &told;
  ASSERT_EQ(0, uv_poll_init(&loop_, &again, ends[0]));
  ASSERT_EQ(0, uv_poll_start(&again, UV_WRITABLE, [](uv_poll_t* handle, int status, int events) {
              static_cast<std::vector<int>*>(handle->data)->push_back(status < 0 ? status : events);
              uv_poll_stop(handle);
            }));
  run_until([&] { return !told.empty(); });
  EXPECT_EQ(std::vector<int>{UV_WRITABLE}, told);
  close(first);
  close(again);
  run_until([] { return true; });
  for (int descriptor : {copy, ends[0], ends[1]})
    ::close(descriptor);
}

TEST_F(StreamTest, ADescriptorThatNamesAnotherFileIsPolledForOtherEvents) {
  int ends[2], others[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, others));
  uv_poll_t watcher;
  std::vector<int> told;
  watcher.data = &told;
  const uv_poll_cb tell = [](uv_poll_t* handle, int status, int events) {
    static_cast<std::vector<int>*>(handle->data)->push_back(status < 0 ? status : events);
    uv_poll_stop(handle);
  };
  ASSERT_EQ(0, uv_poll_init(&loop_, &watcher, ends[0]));
  ASSERT_EQ(0, uv_poll_start(&watcher, UV_READABLE, tell));
  uv_run(&loop_, UV_RUN_NOWAIT);
  ::close(ends[0]);
  ASSERT_EQ(ends[0], dup2(others[0], ends[0]));
  ASSERT_EQ(0, uv_poll_start(&watcher, UV_READABLE | UV_WRITABLE, tell));
  run_until([&] { return !told.empty(); });
  EXPECT_EQ(std::vector<int>{UV_WRITABLE}, told);
  close(watcher);
  run_until([] { return true; });
  for (int descriptor : {ends[0], ends[1], others[0], others[1]})
    ::close(descriptor);
}

// A handle that is active already is started again; in between its descriptor's number has come to
// name another socket.
class RestartedPoll : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    ASSERT_EQ(0, uv_socketpair(SOCK_STREAM, 0, before_, 0, 0));
    ASSERT_EQ(0, uv_socketpair(SOCK_STREAM, 0, after_, 0, 0));
    watcher_.data = this;
    ASSERT_EQ(0, uv_poll_init(&loop_, &watcher_, before_[0]));
    start(UV_READABLE);
    uv_run(&loop_, UV_RUN_NOWAIT);
  }
  void TearDown() override {
    close(watcher_);
    run_until([] { return true; });
    for (int descriptor : {before_[0], before_[1], after_[0], after_[1]})
      ::close(descriptor);
    StreamTest::TearDown();
  }
  void start(int events) {
    ASSERT_EQ(0, uv_poll_start(&watcher_, events, [](uv_poll_t* handle, int status, int happened) {
                auto& test = *static_cast<RestartedPoll*>(handle->data);
                test.told_ = status < 0 ? status : happened;
                uv_poll_stop(handle);
              }));
  }
  void reuse_number() { ASSERT_EQ(before_[0], dup2(after_[0], before_[0])); }
  void expect_to_be_told() {
    // It may have been told before there was anything.
    uv_run(&loop_, UV_RUN_NOWAIT);
    ASSERT_EQ(0, told_);
    ASSERT_EQ(1, ::write(after_[1], "x", 1));
    run_until([this] { return told_ != 0; });
    EXPECT_EQ(UV_READABLE, told_);
  }

  uv_poll_t watcher_ = {};
  int before_[2] = {-1, -1};
  int after_[2] = {-1, -1};
  int told_ = 0;
};

TEST_F(RestartedPoll, WatchesTheNewSocketForTheSameEvents) {
  reuse_number();
  start(UV_READABLE);
  expect_to_be_told();
}

TEST_F(RestartedPoll, WatchesTheNewSocketThoughTheOldOneLivesOn) {
  const int copy = dup(before_[0]);
  reuse_number();
  start(UV_READABLE);
  expect_to_be_told();
  ::close(copy);
}

TEST_F(RestartedPoll, WatchesTheNewSocketAfterAChangeOfMind) {
  reuse_number();
  start(UV_READABLE | UV_WRITABLE);
  start(UV_READABLE);
  expect_to_be_told();
}

TEST_F(RestartedPoll, WatchesTheNewSocketForFewerEvents) {
  start(UV_READABLE | UV_DISCONNECT);
  uv_run(&loop_, UV_RUN_NOWAIT);
  reuse_number();
  start(UV_READABLE);
  expect_to_be_told();
}

}  // namespace
}  // namespace conformance
