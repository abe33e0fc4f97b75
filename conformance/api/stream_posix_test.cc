// What only sockets have of a stream, and a buffer that nobody has memory for.
#include <sys/mman.h>

#include <local_pair.h>

#include "stream_support.h"
#include "system.h"

namespace conformance {
namespace {

class LocalPair : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    uv_file ends[2];
    ASSERT_EQ(0, test_support::open_local_pair(ends));
    uv_pipe_init(&loop_, &left_, 0);
    uv_pipe_init(&loop_, &right_, 0);
    ASSERT_EQ(0, uv_pipe_open(&left_, ends[0]));
    ASSERT_EQ(0, uv_pipe_open(&right_, ends[1]));
  }

  uv_pipe_t left_;
  uv_pipe_t right_;
};

TEST_F(LocalPair, ABufferOfManyGibibytesGoesOnWhenThereIsRoom) {
  // Never read by anyone as a whole, so it takes no memory.
  const size_t size = size_t{3} << 30;
  void* zeros =
      mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | test_support::kNoReserve, -1, 0);
  if (zeros == MAP_FAILED) GTEST_SKIP() << "no room for 3 GiB of addresses";
  uv_buf_t buffer = {};
  buffer.base = static_cast<char*>(zeros);
  buffer.len = size;
  Write write;
  write.request.data = &write;
  ASSERT_EQ(0, uv_write(&write.request, stream(left_), &buffer, 1, Write::on_done));
  EXPECT_LT(size - (size_t{1} << 30), left_.write_queue_size);
  size_t received = 0;
  right_.data = &received;
  auto count = [](uv_stream_t* handle, ssize_t bytes, const uv_buf_t* into) {
    if (bytes > 0) *static_cast<size_t*>(handle->data) += static_cast<size_t>(bytes);
    delete[] into->base;
  };
  ASSERT_EQ(0, uv_read_start(stream(right_), allocate_suggested, count));
  run_until([&] { return received > size_t{16} << 20 || write.calls != 0; });
  EXPECT_EQ(0, write.calls) << write.status;
  close(left_);
  close(right_);
  run_until([&] { return write.calls == 1; });
  EXPECT_EQ(UV_ECANCELED, write.status);
  munmap(zeros, size);
}

TEST_F(LocalPair, FilenoAndBufferSizes) {
  uv_os_fd_t descriptor = -1;
  EXPECT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&left_), &descriptor));
  EXPECT_GE(descriptor, 0);
  int size = 0;
  EXPECT_EQ(0, uv_send_buffer_size(reinterpret_cast<uv_handle_t*>(&left_), &size));
  EXPECT_GT(size, 0);
  size = 30000;
  EXPECT_EQ(0, uv_recv_buffer_size(reinterpret_cast<uv_handle_t*>(&left_), &size));
  EXPECT_EQ(UV_EINVAL, uv_recv_buffer_size(reinterpret_cast<uv_handle_t*>(&left_), nullptr));
  uv_pipe_t unopened;
  uv_pipe_init(&loop_, &unopened, 0);
  EXPECT_EQ(UV_EBADF, uv_fileno(reinterpret_cast<uv_handle_t*>(&unopened), &descriptor));
  EXPECT_EQ(UV_EBADF, uv_send_buffer_size(reinterpret_cast<uv_handle_t*>(&unopened), &size));
  uv_timer_t timer;
  uv_timer_init(&loop_, &timer);
  EXPECT_EQ(UV_EINVAL, uv_fileno(reinterpret_cast<uv_handle_t*>(&timer), &descriptor));
  EXPECT_EQ(UV_ENOTSUP, uv_send_buffer_size(reinterpret_cast<uv_handle_t*>(&timer), &size));
  close(unopened);
  close(timer);
  run_until([] { return true; });
}

}  // namespace
}  // namespace conformance
