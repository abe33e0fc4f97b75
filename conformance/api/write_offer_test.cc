// What uv_write() offers to the kernel before it returns, and the counts of buffers it refuses.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "stream_support.h"

namespace conformance {
namespace {

constexpr std::size_t kOffered = 8;

bool sends_with_wait() {
  const char* backend = std::getenv("VIOLET_BACKEND");
  return backend != nullptr && std::strcmp(backend, "uring") == 0;
}

class WriteOffer : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    open();
  }

  void TearDown() override {
    StreamTest::TearDown();
    ::close(peer_);
  }

  void open() {
    int ends[2];
    ASSERT_EQ(0, ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
    ASSERT_EQ(0, uv_pipe_init(&loop_, &pipe_, 0));
    ASSERT_EQ(0, uv_pipe_open(&pipe_, ends[0]));
    peer_ = ends[1];
    pipe_.data = this;
  }

  void write(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      uv_buf_t buffer = uv_buf_init(bytes_, 1);
      ASSERT_EQ(0, uv_write(&requests_[written_++], stream(pipe_), &buffer, 1, nullptr));
    }
  }

  // Without waiting: how many have come.
  std::size_t come() {
    char memory[256];
    const ssize_t count = ::recv(peer_, memory, sizeof(memory), MSG_DONTWAIT);
    return count < 0 ? 0 : static_cast<std::size_t>(count);
  }

  uv_pipe_t pipe_;
  int peer_ = -1;
  char bytes_[1] = {'x'};
  std::array<uv_write_t, 64> requests_;
  std::size_t written_ = 0;
};

TEST_F(WriteOffer, ABlockingReadAfterTheFirstWritesFindsThem) {
  for (std::size_t i = 0; i < kOffered; ++i) {
    write(1);
    char byte = 0;
    // It would wait for ever, were the byte not there.
    ASSERT_EQ(1, ::read(peer_, &byte, 1));
    EXPECT_EQ('x', byte);
  }
}

TEST_F(WriteOffer, EachRunBringsNewOffers) {
  for (int round = 0; round < 3; ++round) {
    write(kOffered);
    EXPECT_EQ(kOffered, come());
    uv_run(&loop_, UV_RUN_NOWAIT);
  }
}

TEST_F(WriteOffer, InACallbackTheFirstWritesAreThere) {
  if (sends_with_wait()) GTEST_SKIP() << "this engine sends with its next wait";
  uv_timer_t timer;
  uv_timer_init(&loop_, &timer);
  timer.data = this;
  auto check_offers = [](uv_timer_t* self) {
    WriteOffer& test = *static_cast<WriteOffer*>(self->data);
    test.write(kOffered);
    EXPECT_EQ(kOffered, test.come());
    uv_close(reinterpret_cast<uv_handle_t*>(self), nullptr);
  };
  uv_timer_start(&timer, check_offers, 0, 0);
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(kOffered, written_);
}

TEST_F(WriteOffer, IoUringWritesAtOnceIfItIsTold) {
  if (!sends_with_wait()) GTEST_SKIP() << "for the io_uring engine";
  TearDown();
  ASSERT_EQ(0, ::setenv("VIOLET_URING_WRITES", "now", 1));
  StreamTest::SetUp();
  ASSERT_EQ(0, ::unsetenv("VIOLET_URING_WRITES"));
  open();
  uv_timer_t timer;
  uv_timer_init(&loop_, &timer);
  timer.data = this;
  auto check_offers = [](uv_timer_t* self) {
    WriteOffer& test = *static_cast<WriteOffer*>(self->data);
    test.write(kOffered);
    EXPECT_EQ(kOffered, test.come());
    uv_close(reinterpret_cast<uv_handle_t*>(self), nullptr);
  };
  uv_timer_start(&timer, check_offers, 0, 0);
  uv_run(&loop_, UV_RUN_DEFAULT);
  EXPECT_EQ(kOffered, written_);
}

TEST_F(WriteOffer, ATryAfterManyWritesComesBehindThem) {
  write(20);
  uv_buf_t buffer = uv_buf_init(bytes_, 1);
  EXPECT_EQ(1, uv_try_write(stream(pipe_), &buffer, 1));
  EXPECT_EQ(21U, come());
}

TEST_F(WriteOffer, ManyWritesGoOutWithTheRun) {
  write(60);
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(60U, come());
  EXPECT_EQ(0U, uv_stream_get_write_queue_size(stream(pipe_)));
}

TEST_F(WriteOffer, ManyWritesGoOutBeforeTheStreamBlocks) {
  write(20);
  ASSERT_EQ(0, uv_stream_set_blocking(stream(pipe_), 1));
  write(1);
  EXPECT_EQ(21U, come());
}

// libuv 1.44 aborts.
TEST_F(WriteOffer, AWrongCountOfBuffersIsRefusedFirst) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "this library aborts";
  uv_pipe_t unopened;
  ASSERT_EQ(0, uv_pipe_init(&loop_, &unopened, 1));
  uv_buf_t buffer = uv_buf_init(bytes_, 1);
  for (uv_stream_t* handle : {stream(pipe_), stream(unopened)}) {
    for (unsigned int count : {0U, 1U + INT_MAX, UINT_MAX}) {
      uv_write_t* request = &requests_[0];
      EXPECT_EQ(UV_EINVAL, uv_write(request, handle, &buffer, count, nullptr));
      EXPECT_EQ(UV_EINVAL, uv_write2(request, handle, &buffer, count, handle, nullptr));
      EXPECT_EQ(UV_EINVAL, uv_try_write(handle, &buffer, count));
      EXPECT_EQ(UV_EINVAL, uv_try_write2(handle, &buffer, count, handle));
    }
    EXPECT_EQ(UV_EINVAL, uv_write(&requests_[0], handle, nullptr, 1, nullptr));
    EXPECT_EQ(UV_EINVAL, uv_try_write(handle, nullptr, 1));
  }
  EXPECT_EQ(UV_EBADF, uv_write(&requests_[0], stream(unopened), &buffer, 1, nullptr));
  EXPECT_EQ(0, uv_loop_alive(&loop_));
  close(unopened);
}

}  // namespace
}  // namespace conformance
