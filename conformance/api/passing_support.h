// Two IPC pipes with a connection between them.
#pragma once

#include <string>
#include <vector>

#include <local_pair.h>

#include "stream_support.h"

namespace conformance {

class Passing : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    uv_file ends[2];
    ASSERT_EQ(0, test_support::open_local_pair(ends));
    uv_pipe_init(&loop_, &left_, 1);
    uv_pipe_init(&loop_, &right_, 1);
    ASSERT_EQ(0, uv_pipe_open(&left_, ends[0]));
    ASSERT_EQ(0, uv_pipe_open(&right_, ends[1]));
  }

  int bind_somewhere(uv_tcp_t& tcp) {
    const sockaddr_in any = loopback(0);
    uv_tcp_init(&loop_, &tcp);
    EXPECT_EQ(0, uv_tcp_bind(&tcp, generic(any), 0));
    return port_of(tcp);
  }
  static int port_of(const uv_tcp_t& tcp) {
    sockaddr_in name = {};
    int size = sizeof(name);
    EXPECT_EQ(0, uv_tcp_getsockname(&tcp, reinterpret_cast<sockaddr*>(&name), &size));
    return name.sin_port;
  }
  // Closes the handle, and gives its descriptor's number to another file.
  int close_and_reuse(uv_tcp_t& tcp) {
    uv_os_fd_t descriptor;
    EXPECT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&tcp), &descriptor));
    close(tcp);
    const int file = test_support::open_null_device();
    EXPECT_TRUE(test_support::has_place_of(file, descriptor));
    return file;
  }
  void expect_port(int port) {
    uv_tcp_t received;
    uv_tcp_init(&loop_, &received);
    EXPECT_EQ(UV_TCP, uv_pipe_pending_type(&right_));
    ASSERT_EQ(0, uv_accept(stream(right_), stream(received)));
    EXPECT_EQ(port, port_of(received));
    close(received);
    run_until([] { return true; });
  }

  uv_pipe_t left_;
  uv_pipe_t right_;
};

}  // namespace conformance
