// A server's pipe with a name, and one client.
#pragma once

#include <string>

#include <local_pair.h>

#include "stream_support.h"

namespace conformance {

inline std::string name_of(const uv_pipe_t& pipe, bool peer = false) {
  char name[512];
  size_t size = sizeof(name);
  EXPECT_EQ(
      0, peer ? uv_pipe_getpeername(&pipe, name, &size) : uv_pipe_getsockname(&pipe, name, &size));
  return std::string(name, size);
}

class NamedPipe : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    ASSERT_NE("", path_);
    uv_pipe_init(&loop_, &server_, 0);
    server_.data = this;
    uv_pipe_init(&loop_, &client_, 0);
    uv_pipe_init(&loop_, &accepted_, 0);
  }

  void listen() {
    ASSERT_EQ(0, uv_listen(stream(server_), 8, [](uv_stream_t* server, int status) {
                NamedPipe& test = *static_cast<NamedPipe*>(server->data);
                ASSERT_EQ(0, status);
                EXPECT_EQ(0, uv_accept(server, stream(test.accepted_)));
                test.has_accepted_ = true;
              }));
  }

  const test_support::LocalName name_;
  const std::string& path_ = name_.get();
  uv_pipe_t server_;
  uv_pipe_t client_;
  uv_pipe_t accepted_;
  bool has_accepted_ = false;
};

}  // namespace conformance
