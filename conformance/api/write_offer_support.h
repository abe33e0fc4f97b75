// A stream, and its other end, which tells what has come.
#pragma once

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include <local_pair.h>

#include "stream_support.h"

namespace conformance {

class WriteOffer : public StreamTest {
 public:
  void SetUp() override {
    StreamTest::SetUp();
    open();
  }

  void TearDown() override {
    StreamTest::TearDown();
    ::close(peer_);
  }

  void open() {
    uv_file ends[2];
    ASSERT_EQ(0, test_support::open_local_pair(ends));
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
    const auto count = test_support::read_at_once(uv_get_osfhandle(peer_), memory, sizeof(memory));
    return count < 0 ? 0 : static_cast<std::size_t>(count);
  }

  uv_pipe_t pipe_;
  uv_file peer_ = -1;
  char bytes_[1] = {'x'};
  std::array<uv_write_t, 64> requests_;
  std::size_t written_ = 0;
};

}  // namespace conformance
