// Several handles of one loop on one descriptor.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <deque>

#include "platform.h"
#include "stream_support.h"
#include "system.h"

namespace conformance {

inline void ignore_poll(uv_poll_t*, int, int) {}

class SharedDescriptor : public StreamTest {
 protected:
  // What the functions that take a descriptor say of it, each into a new handle.
  void expect_all(int expected, int descriptor) {
    EXPECT_EQ(expected, uv_tcp_open(&new_tcp(), descriptor));
    if (kPipesTakeSockets) {
      EXPECT_EQ(expected, uv_pipe_open(&new_pipe(), descriptor));
    }
    uv_poll_t& poll = polls_.emplace_back();
    EXPECT_EQ(expected, uv_poll_init(&loop_, &poll, descriptor));
  }

  uv_tcp_t& new_tcp() {
    uv_tcp_t& tcp = tcps_.emplace_back();
    uv_tcp_init(&loop_, &tcp);
    return tcp;
  }
  uv_tcp_t& open_tcp(int descriptor) {
    uv_tcp_t& tcp = new_tcp();
    EXPECT_EQ(0, uv_tcp_open(&tcp, descriptor));
    return tcp;
  }
  uv_pipe_t& new_pipe() {
    uv_pipe_t& pipe = pipes_.emplace_back();
    uv_pipe_init(&loop_, &pipe, 0);
    return pipe;
  }
  uv_pipe_t& open_pipe(uv_file descriptor) {
    uv_pipe_t& pipe = new_pipe();
    EXPECT_EQ(0, uv_pipe_open(&pipe, descriptor));
    return pipe;
  }

  void SetUp() override {
    StreamTest::SetUp();
    ASSERT_EQ(0, test_support::open_nonblocking_sockets(SOCK_STREAM, ends_));
  }
  void TearDown() override {
    ::close(ends_[1]);
    StreamTest::TearDown();
  }

  int ends_[2];
  std::deque<uv_tcp_t> tcps_;
  std::deque<uv_pipe_t> pipes_;
  std::deque<uv_poll_t> polls_;
};

}  // namespace conformance
