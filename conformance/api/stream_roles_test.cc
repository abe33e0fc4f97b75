// A stream that changes what it is from one callback to the next: a client that becomes a server, a
// writer that is connected. What the stream was going to do after the callback has to notice.
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <local_pair.h>

#include "platform.h"
#include "socket_flags.h"
#include "stream_support.h"

namespace conformance {
namespace {

uv_os_sock_t bare_socket(int family = AF_INET) {
  return ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

// A socket of the system's own that listens on loopback.
class Listener {
 public:
  Listener() : socket_(bare_socket()) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof(address);
    EXPECT_EQ(0, ::bind(socket_, generic(address), size));
    EXPECT_EQ(0, ::listen(socket_, 5));
    EXPECT_EQ(0, ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address_), &size));
  }
  ~Listener() { ::close(socket_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  const sockaddr* address() const { return generic(address_); }

 private:
  int socket_;
  sockaddr_in address_ = {};
};

class BecomesServer : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    uv_tcp_init(&loop_, &tcp_);
    tcp_.data = this;
  }

  static void listen(void* test) {
    BecomesServer& self = *static_cast<BecomesServer*>(test);
    self.listened_ = uv_listen(stream(self.tcp_), 5, on_connection);
  }
  static void on_connection(uv_stream_t* server, int status) {
    EXPECT_EQ(0, status);
    BecomesServer& self = *static_cast<BecomesServer*>(server->data);
    uv_tcp_init(&self.loop_, &self.accepted_);
    EXPECT_EQ(0, uv_accept(server, stream(self.accepted_)));
    self.has_accepted_ = true;
  }

  void expect_that_it_serves() {
    run_until([&] { return listened_ != kNotCalled; });
    ASSERT_EQ(0, listened_);
    sockaddr_in address = {};
    int size = sizeof(address);
    ASSERT_EQ(0, uv_tcp_getsockname(&tcp_, reinterpret_cast<sockaddr*>(&address), &size));
    address = loopback(ntohs(address.sin_port));
    const int client = bare_socket();
    ASSERT_EQ(0, ::connect(client, generic(address), sizeof(address)));
    run_until([&] { return has_accepted_; });
    ::close(client);
    close(tcp_);
    close(accepted_);
    run_until([] { return true; });
  }

  static constexpr int kNotCalled = 1;
  uv_tcp_t tcp_;
  uv_tcp_t accepted_;
  int listened_ = kNotCalled;
  bool has_accepted_ = false;
};

TEST_F(BecomesServer, InTheConnectCallbackThatTellsOfABusyPort) {
  Listener other;
  ASSERT_EQ(0, uv_tcp_bind(&tcp_, other.address(), 0));
  uv_connect_t request;
  request.data = this;
  ASSERT_EQ(0,
            uv_tcp_connect(&request, &tcp_, other.address(), [](uv_connect_t* connect, int status) {
              EXPECT_EQ(UV_EADDRINUSE, status);
              listen(connect->data);
            }));
  expect_that_it_serves();
}

TEST_F(BecomesServer, InTheCallbackOfAWriteThatFailed) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 dies of SIGPIPE";
  ASSERT_EQ(0, uv_tcp_open(&tcp_, bare_socket()));
  Write write;
  write.done = [this] { listen(this); };
  ASSERT_EQ(0, write.start(stream(tcp_), "x"));
  expect_that_it_serves();
  EXPECT_EQ(1, write.calls);
  EXPECT_LT(write.status, 0);
}

TEST_F(BecomesServer, InTheCallbackOfAShutdownThatFailed) {
  ASSERT_EQ(0, uv_tcp_open(&tcp_, bare_socket()));
  uv_shutdown_t request;
  request.data = this;
  ASSERT_EQ(0, uv_shutdown(&request, stream(tcp_), [](uv_shutdown_t* shutdown, int status) {
              EXPECT_EQ(UV_ENOTCONN, status);
              listen(shutdown->data);
            }));
  expect_that_it_serves();
}

TEST_F(BecomesServer, InTheCallbackOfAReadThatFailed) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 aborts";
  ASSERT_EQ(0, uv_tcp_open(&tcp_, bare_socket()));
  ASSERT_EQ(0, uv_read_start(stream(tcp_), allocate_suggested,
                             [](uv_stream_t* stream, ssize_t size, const uv_buf_t* buffer) {
                               delete[] buffer->base;
                               EXPECT_LT(size, 0);
                               uv_read_stop(stream);
                               listen(stream->data);
                             }));
  expect_that_it_serves();
}

TEST_F(BecomesServer, ItsReadersMarkMakesItNoReader) {
  const sockaddr_in anywhere = loopback(0);
  ASSERT_EQ(0, uv_tcp_bind(&tcp_, generic(anywhere), 0));
  listen(this);
  tcp_.flags |= 0x4000;  // uvloop's mark
  if (is_at_least(1, 50)) {
    Reader reader;
    EXPECT_EQ(UV_ENOTCONN, uv_read_start(stream(tcp_), allocate_suggested, Reader::on_read));
  }
  expect_that_it_serves();
}

// Writes that wait in the loop's list when the stream is connected.
class ConnectsWithWrites : public StreamTest {};

TEST_F(ConnectsWithWrites, OfATcpSocketThatWasNotConnected) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 dies of SIGPIPE";
  Listener listener;
  uv_tcp_t tcp;
  uv_tcp_init(&loop_, &tcp);
  ASSERT_EQ(0, uv_tcp_open(&tcp, bare_socket()));
  Write writes[3];
  Connect connect;
  run_in_iteration([&] {
    EXPECT_EQ(0, writes[0].start(stream(tcp), "one"));
    EXPECT_EQ(0, writes[1].start(stream(tcp), "two"));
    EXPECT_EQ(0, uv_tcp_connect(connect.prepared(), &tcp, listener.address(), Connect::on_done));
  });
  run_until([&] { return connect.status != 1 && writes[0].calls == 1 && writes[1].calls == 1; });
  EXPECT_EQ(0, connect.status);
  EXPECT_TRUE(is_never_connected(writes[0].status)) << writes[0].status;
  EXPECT_TRUE(is_never_connected(writes[1].status)) << writes[1].status;
  ASSERT_EQ(0, writes[2].start(stream(tcp), "three")) << "it is connected now";
  run_until([&] { return writes[2].calls == 1; });
  EXPECT_EQ(0, writes[2].status);
  int closed = 0;
  tcp.data = &closed;
  uv_close(reinterpret_cast<uv_handle_t*>(&tcp),
           [](uv_handle_t* handle) { ++*static_cast<int*>(handle->data); });
  run_until([&] { return closed > 0; });
  uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(1, closed);
  EXPECT_EQ(1, writes[0].calls);
  EXPECT_EQ(1, writes[1].calls);
}

TEST_F(ConnectsWithWrites, OfALocalSocketThatWasNotConnected) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 calls the connect callback with EPIPE";
  uv_pipe_t pipe;
  uv_pipe_init(&loop_, &pipe, 0);
  ASSERT_EQ(0, uv_pipe_open(&pipe, bare_socket(AF_UNIX)));
  const int listener = bare_socket(AF_UNIX);
  const std::string path = bind_to_new_path(listener);
  ASSERT_EQ(0, ::listen(listener, 5));
  Write writes[2];
  Connect connect;
  run_in_iteration([&] {
    EXPECT_EQ(0, writes[0].start(stream(pipe), "one"));
    EXPECT_EQ(0, writes[1].start(stream(pipe), "two"));
    EXPECT_EQ(0, uv_pipe_connect2(connect.prepared(), &pipe, path.c_str(), path.size(), 0,
                                  Connect::on_done));
  });
  run_until([&] { return connect.status != 1 && writes[0].calls == 1 && writes[1].calls == 1; });
  EXPECT_EQ(0, connect.status);
  EXPECT_EQ(UV_ENOTCONN, writes[0].status);
  EXPECT_EQ(UV_ENOTCONN, writes[1].status);
  ::close(listener);
  ::unlink(path.c_str());
  close(pipe);
  run_until([] { return true; });
}

TEST_F(ConnectsWithWrites, OfOneThatIsConnectedGoOut) {
  uv_tcp_t tcp;
  uv_tcp_init(&loop_, &tcp);
  const int connected = bare_socket();
  Listener listener;
  ASSERT_EQ(0, ::connect(connected, listener.address(), sizeof(sockaddr_in)));
  ASSERT_EQ(0, uv_tcp_open(&tcp, connected));
  Write writes[2];
  Connect connect;
  run_in_iteration([&] {
    EXPECT_EQ(0, writes[0].start(stream(tcp), "one"));
    EXPECT_EQ(0, writes[1].start(stream(tcp), "two"));
    EXPECT_EQ(UV_EISCONN,
              uv_tcp_connect(connect.prepared(), &tcp, listener.address(), Connect::on_done));
  });
  run_until([&] { return writes[0].calls == 1 && writes[1].calls == 1; });
  EXPECT_EQ(0, writes[0].status);
  EXPECT_EQ(0, writes[1].status);
  EXPECT_EQ(1, connect.status) << "an error that was returned has no callback";
  close(tcp);
  run_until([] { return true; });
}

TEST_F(ConnectsWithWrites, OfAConnectedPipeGoOn) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 cancels them";
  uv_file ends[2];
  ASSERT_EQ(0, test_support::open_local_pair(ends));
  uv_pipe_t pipe, peer;
  uv_pipe_init(&loop_, &pipe, 0);
  uv_pipe_init(&loop_, &peer, 0);
  ASSERT_EQ(0, uv_pipe_open(&pipe, ends[0]));
  ASSERT_EQ(0, uv_pipe_open(&peer, ends[1]));
  const std::string bulk = pattern(size_t{1} << 20);
  Write writes[2];
  Connect connect;
  run_in_iteration([&] {
    EXPECT_EQ(0, writes[0].start(stream(pipe), "one"));
    EXPECT_EQ(0, writes[1].start(stream(pipe), bulk));
    uv_pipe_connect(connect.prepared(), &pipe, "/nonexistent", Connect::on_done);
  });
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(peer)));
  run_until([&] { return writes[1].calls == 1 && connect.status != 1; });
  run_until([&] { return reader.text.size() == 3 + bulk.size(); });
  EXPECT_EQ(0, writes[1].status);
  EXPECT_LT(connect.status, 0);
  close(pipe);
  close(peer);
  run_until([] { return true; });
}

}  // namespace
}  // namespace conformance
