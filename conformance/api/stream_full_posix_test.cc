// Streams that have no room. Whether the system tells of room or lacks buffers though it calls the
// socket writable (ENOBUFS on the BSDs and macOS), the loop sleeps, and goes on when it can.
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support.h"

namespace {

class StreamFull : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop_));
    ASSERT_EQ(0, ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_));
    ASSERT_EQ(0, uv_pipe_init(&loop_, &pipe_, 0));
    ASSERT_EQ(0, uv_pipe_open(&pipe_, ends_[0]));
    uv_buf_t buffer = uv_buf_init(&byte_, 1);
    while (uv_try_write(stream(), &buffer, 1) == 1)
      continue;
    EXPECT_EQ(UV_EAGAIN, uv_try_write(stream(), &buffer, 1));
    write_.data = this;
    ASSERT_EQ(0, uv_write(&write_, stream(), &buffer, 1, [](uv_write_t* self, int status) {
                StreamFull& test = *static_cast<StreamFull*>(self->data);
                ++test.calls_;
                test.status_ = status;
              }));
  }
  void TearDown() override {
    uv_close(reinterpret_cast<uv_handle_t*>(&pipe_), nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
    ::close(ends_[1]);
  }
  uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&pipe_); }
  int turns_in_milliseconds(std::uint64_t delay) {
    uv_timer_t timer;
    uv_timer_init(&loop_, &timer);
    uv_timer_start(
        &timer, [](uv_timer_t*) {}, delay, 0);
    int turns = 0;
    for (; uv_is_active(reinterpret_cast<uv_handle_t*>(&timer)) != 0; ++turns)
      uv_run(&loop_, UV_RUN_ONCE);
    uv_close(reinterpret_cast<uv_handle_t*>(&timer), nullptr);
    uv_run(&loop_, UV_RUN_NOWAIT);
    return turns;
  }
  void make_room() {
    char bytes[4096];
    while (::recv(ends_[1], bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
      continue;
  }

  uv_loop_t loop_;
  uv_pipe_t pipe_;
  uv_write_t write_;
  char byte_ = 'x';  // sent as long as the test runs
  int ends_[2];
  int calls_ = 0;
  int status_ = -1;
};

TEST_F(StreamFull, WaitingForRoomLetsTheLoopSleep) {
  const int turns = turns_in_milliseconds(50);
  EXPECT_EQ(0, calls_);
  EXPECT_LT(turns, 1000);
  make_room();
  while (calls_ == 0)
    uv_run(&loop_, UV_RUN_ONCE);
  EXPECT_EQ(0, status_);
}

TEST_F(StreamFull, SoDoesAnEmbeddersWait) {
  uv_run(&loop_, UV_RUN_NOWAIT);
  make_room();
  pollfd waiting = {uv_backend_fd(&loop_), POLLIN, 0};
  for (int turns = 0; calls_ == 0 && turns < 1000; ++turns) {
    const int timeout = uv_backend_timeout(&loop_);
    ASSERT_FALSE(::poll(&waiting, 1, timeout < 0 ? 10'000 : timeout) == 0 && timeout < 0)
        << "nobody told it";
    uv_run(&loop_, UV_RUN_NOWAIT);
  }
  EXPECT_EQ(1, calls_);
  EXPECT_EQ(0, status_);
}

TEST_F(StreamFull, AWriteThatWaitsIsCancelled) {
  uv_run(&loop_, UV_RUN_NOWAIT);
  uv_close(reinterpret_cast<uv_handle_t*>(&pipe_), nullptr);
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(1, calls_);
  EXPECT_EQ(UV_ECANCELED, status_);
  // For TearDown().
  ASSERT_EQ(0, uv_pipe_init(&loop_, &pipe_, 0));
}

}  // namespace
