// How a connection ends whose other side is a bare socket: what the reader and the writer hear.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "socket_flags.h"
#include "stream_support.h"

namespace conformance {
namespace {

class StreamEnd : public StreamTest {
 protected:
  // `stream_` is accepted by a server, the bare socket is the other side.
  void SetUp() override {
    StreamTest::SetUp();
    if (!is_at_least(1, 50)) GTEST_SKIP() << "this library leaves SIGPIPE to its user";
    uv_tcp_init(&loop_, &server_);
    uv_tcp_init(&loop_, &tcp_);
    server_.data = this;
    sockaddr_in address = loopback(0);
    ASSERT_EQ(0, uv_tcp_bind(&server_, generic(address), 0));
    ASSERT_EQ(0, uv_listen(stream(server_), 1, [](uv_stream_t* server, int status) {
                ASSERT_EQ(0, status);
                StreamEnd& test = *static_cast<StreamEnd*>(server->data);
                ASSERT_EQ(0, uv_accept(server, stream(test.tcp_)));
                test.accepted_ = true;
              }));
    int size = sizeof(address);
    ASSERT_EQ(0, uv_tcp_getsockname(&server_, reinterpret_cast<sockaddr*>(&address), &size));
    peer_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(0, ::connect(peer_, generic(address), sizeof(address)));
    run_until([&] { return accepted_; });
  }

  void TearDown() override {
    if (peer_ >= 0) ::close(peer_);
    StreamTest::TearDown();
  }

  void turn() { uv_run(&loop_, UV_RUN_NOWAIT); }

  void reset_by_peer() {
    const linger at_once = {1, 0};
    ASSERT_EQ(0, ::setsockopt(peer_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once)));
    ::close(peer_);
    peer_ = -1;
  }

  uv_tcp_t server_;
  uv_tcp_t tcp_;
  bool accepted_ = false;
  int peer_ = -1;
};

// The kernel tells a reset once. Whoever asks first, it must not look like a clean end to the
// reader, who would take what it has for complete.
TEST_F(StreamEnd, AResetWithAWriteUnderWayIsNoCleanEnd) {
  Reader reader;
  Write write;
  ASSERT_EQ(0, reader.start(stream(tcp_)));
  turn();
  ASSERT_EQ(0, write.start(stream(tcp_), std::string(size_t{8} << 20, 'x')));
  turn();
  reset_by_peer();
  run_until([&] { return reader.end != 0 && write.calls == 1; });
  EXPECT_EQ(UV_ECONNRESET, reader.end);
  EXPECT_TRUE(write.status == UV_EPIPE || write.status == UV_ECONNRESET) << write.status;
}

TEST_F(StreamEnd, NorIsItWhenReadingBeganAfterTheWrite) {
  Reader reader;
  Write write;
  ASSERT_EQ(0, write.start(stream(tcp_), std::string(size_t{8} << 20, 'x')));
  turn();
  ASSERT_EQ(0, reader.start(stream(tcp_)));
  turn();
  reset_by_peer();
  run_until([&] { return reader.end != 0 && write.calls == 1; });
  EXPECT_EQ(UV_ECONNRESET, reader.end);
}

// "413 Content Too Large", then a close with half of the upload unread: the answer counts.
TEST_F(StreamEnd, WhatCameBeforeAResetIsReadBeforeTheWriteFails) {
  Reader reader;
  Write write;
  std::vector<std::string> order;
  ASSERT_EQ(0, reader.start(stream(tcp_)));
  reader.after_read = [&](uv_stream_t*) { order.push_back("read"); };
  write.done = [&] { order.push_back("written"); };
  turn();
  ASSERT_EQ(0, write.start(stream(tcp_), std::string(size_t{8} << 20, 'x')));
  turn();
  ASSERT_EQ(6, ::send(peer_, "refuse", 6, 0));
  ::close(peer_);  // With unread bytes: that is a reset.
  peer_ = -1;
  run_until([&] { return write.calls == 1; });
  EXPECT_EQ("refuse", reader.text);
  EXPECT_EQ((std::vector<std::string>{"read", "written"}), order);
  EXPECT_LT(write.status, 0);
}

}  // namespace
}  // namespace conformance
