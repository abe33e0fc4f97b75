// What uv_write() offers to the kernel before it returns, and the counts of buffers it refuses.
#include <climits>
#include <cstdlib>
#include <cstring>

#include "write_offer_support.h"

namespace conformance {
namespace {

constexpr std::size_t kOffered = 8;

bool sends_with_wait() {
  const char* backend = std::getenv("VIOLET_BACKEND");
  return backend != nullptr && std::strcmp(backend, "uring") == 0;
}

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
  ASSERT_EQ(0, uv_os_setenv("VIOLET_URING_WRITES", "now"));
  StreamTest::SetUp();
  ASSERT_EQ(0, uv_os_unsetenv("VIOLET_URING_WRITES"));
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

TEST_F(WriteOffer, AFailedWriteCountsUntilItsCallback) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "this library leaves SIGPIPE to its user";
  ::close(peer_);
  peer_ = test_support::open_null_device();
  uv_buf_t buffer = uv_buf_init(bytes_, 1);
  std::size_t left = 1;
  pipe_.data = &left;
  auto note = [](uv_write_t* request, int status) {
    EXPECT_EQ(UV_EPIPE, status);
    *static_cast<std::size_t*>(request->handle->data) =
        uv_stream_get_write_queue_size(request->handle);
  };
  ASSERT_EQ(0, uv_write(&requests_[0], stream(pipe_), &buffer, 1, note));
  EXPECT_EQ(1U, uv_stream_get_write_queue_size(stream(pipe_)));
  EXPECT_EQ(UV_EAGAIN, uv_try_write(stream(pipe_), &buffer, 1));
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(0U, left);
  EXPECT_EQ(UV_EPIPE, uv_try_write(stream(pipe_), &buffer, 1));
}

TEST_F(WriteOffer, ATryBehindAFullPipeIsToldToWaitAfterAShutdownToo) {
  std::string large(std::size_t{4} << 20, 'y');
  uv_buf_t buffer = uv_buf_init(large.data(), static_cast<unsigned int>(large.size()));
  uv_buf_t one = uv_buf_init(bytes_, 1);
  uv_shutdown_t shutdown;
  ASSERT_EQ(0, uv_write(&requests_[0], stream(pipe_), &buffer, 1, nullptr));
  ASSERT_EQ(0, uv_shutdown(&shutdown, stream(pipe_), nullptr));
  EXPECT_EQ(UV_EAGAIN, uv_try_write(stream(pipe_), &one, 1));
  EXPECT_EQ(UV_EPIPE, uv_write(&requests_[1], stream(pipe_), &one, 1, nullptr));
  close(pipe_);
  uv_run(&loop_, UV_RUN_DEFAULT);
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
  uv_run(&loop_, UV_RUN_DEFAULT);
}

}  // namespace
}  // namespace conformance
