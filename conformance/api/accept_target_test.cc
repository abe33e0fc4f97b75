// uv_accept() into a handle that has a descriptor already: it is refused, and nothing is lost.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <local_pair.h>

#include "socket_flags.h"
#include "stream_support.h"

namespace conformance {
namespace {

class AcceptTarget : public StreamTest {
 protected:
  void expect_busy(uv_stream_t* server, uv_handle_t* client) {
    uv_os_fd_t before, after;
    ASSERT_EQ(0, uv_fileno(client, &before));
    EXPECT_EQ(UV_EBUSY, uv_accept(server, reinterpret_cast<uv_stream_t*>(client)));
    ASSERT_EQ(0, uv_fileno(client, &after));
    EXPECT_EQ(before, after);
  }
  template <typename Handle>
  void expect_busy(uv_stream_t* server, Handle& client) {
    expect_busy(server, reinterpret_cast<uv_handle_t*>(&client));
  }
};

class AcceptFromServer : public AcceptTarget {
 protected:
  void SetUp() override {
    AcceptTarget::SetUp();
    uv_tcp_init(&loop_, &server_);
    server_.data = this;
    sockaddr_in address = loopback(0);
    ASSERT_EQ(0, uv_tcp_bind(&server_, generic(address), 0));
    ASSERT_EQ(0, uv_listen(stream(server_), 1, [](uv_stream_t* server, int status) {
                EXPECT_EQ(0, status);
                static_cast<AcceptFromServer*>(server->data)->announced_ = true;
              }));
    int size = sizeof(address);
    ASSERT_EQ(0, uv_tcp_getsockname(&server_, reinterpret_cast<sockaddr*>(&address), &size));
    client_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(0, ::connect(client_, generic(address), sizeof(address)));
    run_until([&] { return announced_; });
  }
  void TearDown() override {
    ::close(client_);
    AcceptTarget::TearDown();
  }

  uv_tcp_t server_;
  int client_;
  bool announced_ = false;
};

TEST_F(AcceptFromServer, ASocketThatWasMadeBeforeIsBusy) {
  uv_tcp_t busy;
  ASSERT_EQ(0, uv_tcp_init_ex(&loop_, &busy, AF_INET));
  expect_busy(stream(server_), busy);
  close(busy);
  run_until([] { return true; });
}

TEST_F(AcceptFromServer, AnOpenPipeIsBusy) {
  uv_file ends[2];
  ASSERT_EQ(0, uv_pipe(ends, UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE));
  uv_pipe_t busy;
  uv_pipe_init(&loop_, &busy, 0);
  ASSERT_EQ(0, uv_pipe_open(&busy, ends[0]));
  expect_busy(stream(server_), busy);
  close(busy);
  run_until([] { return true; });
  ::close(ends[1]);
}

TEST_F(AcceptFromServer, TheConnectionStaysForAnotherHandle) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 closes the connection";
  uv_tcp_t busy, free;
  ASSERT_EQ(0, uv_tcp_init_ex(&loop_, &busy, AF_INET));
  expect_busy(stream(server_), busy);
  uv_tcp_init(&loop_, &free);
  EXPECT_EQ(0, uv_accept(stream(server_), stream(free)));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(free)));
  ASSERT_EQ(1, ::write(client_, "x", 1));
  run_until([&] { return reader.text == "x"; });
  close(busy);
  close(free);
  run_until([] { return true; });
}

TEST_F(AcceptTarget, AUdpSocketIsBusyForWhatAPipeBrings) {
  uv_file ends[2];
  ASSERT_EQ(0, test_support::open_local_pair(ends));
  uv_pipe_t left, right;
  uv_udp_t sent, busy;
  uv_pipe_init(&loop_, &left, 1);
  uv_pipe_init(&loop_, &right, 1);
  ASSERT_EQ(0, uv_pipe_open(&left, ends[0]));
  ASSERT_EQ(0, uv_pipe_open(&right, ends[1]));
  ASSERT_EQ(0, uv_udp_init_ex(&loop_, &sent, AF_INET));
  Write write;
  ASSERT_EQ(0, write.start(stream(left), "x", reinterpret_cast<uv_stream_t*>(&sent)));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right)));
  run_until([&] { return uv_pipe_pending_count(&right) == 1; });
  ASSERT_EQ(0, uv_udp_init_ex(&loop_, &busy, AF_INET));
  expect_busy(stream(right), busy);
  if (is_at_least(1, 50)) {
    EXPECT_EQ(1, uv_pipe_pending_count(&right)) << "it stays";
  }
  close(left);
  close(right);
  close(sent);
  close(busy);
  run_until([] { return true; });
}

}  // namespace
}  // namespace conformance
