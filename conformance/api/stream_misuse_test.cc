// Streams that are asked for what does not go together: each call has its error, and what was under
// way before has its callback.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include <local_pair.h>

#include "socket_flags.h"
#include "stream_support.h"

namespace conformance {
namespace {

class StreamMisuse : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    if (!is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 aborts or writes forever";
  }

  static uv_os_sock_t bare_socket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

  // Two handles with a connection between them.
  void connect_pair() {
    uv_file sockets[2];
    ASSERT_EQ(0, test_support::open_local_pair(sockets));
    uv_pipe_init(&loop_, &pipe_, 0);
    ASSERT_EQ(0, uv_pipe_open(&pipe_, sockets[0]));
    uv_pipe_init(&loop_, &peer_, 0);
    ASSERT_EQ(0, uv_pipe_open(&peer_, sockets[1]));
  }

  uv_pipe_t pipe_;
  uv_pipe_t peer_;
};

void ignore_connection(uv_stream_t*, int) {}

TEST_F(StreamMisuse, AnOpenedListenerMovesNoBytes) {
  uv_tcp_t tcp;
  uv_tcp_init(&loop_, &tcp);
  ASSERT_EQ(0, uv_tcp_open(&tcp, bare_socket()));
  ASSERT_EQ(0, uv_listen(stream(tcp), 1, ignore_connection));
  Reader reader;
  Write write;
  Shutdown shutdown;
  uv_buf_t buffer = uv_buf_init(const_cast<char*>("x"), 1);
  EXPECT_EQ(UV_ENOTCONN, reader.start(stream(tcp)));
  EXPECT_EQ(UV_EPIPE, write.start(stream(tcp), "x"));
  EXPECT_EQ(UV_EPIPE, uv_try_write(stream(tcp), &buffer, 1));
  EXPECT_EQ(UV_ENOTCONN, shutdown.start(stream(tcp)));
  EXPECT_EQ(0, uv_is_readable(stream(tcp)));
  EXPECT_EQ(0, uv_is_writable(stream(tcp)));
  close(tcp);
  run_until([] { return true; });
}

TEST_F(StreamMisuse, NoListeningWithRequestsUnderWay) {
  uv_tcp_t shut, written;
  uv_tcp_init(&loop_, &shut);
  ASSERT_EQ(0, uv_tcp_open(&shut, bare_socket()));
  Shutdown shutdown;
  ASSERT_EQ(0, shutdown.start(stream(shut)));
  EXPECT_EQ(UV_EINVAL, uv_listen(stream(shut), 1, ignore_connection));
  uv_tcp_init(&loop_, &written);
  ASSERT_EQ(0, uv_tcp_open(&written, bare_socket()));
  Write write;
  ASSERT_EQ(0, write.start(stream(written), "x"));
  EXPECT_EQ(UV_EINVAL, uv_listen(stream(written), 1, ignore_connection));
  run_until([&] { return shutdown.status != 1 && write.calls == 1; });
  EXPECT_EQ(UV_ENOTCONN, shutdown.status);
  EXPECT_LT(write.status, 0);
  close(shut);
  close(written);
  run_until([] { return true; });
}

// Connected handles with a write that the other side does not take.
class WriteUnderWay : public StreamMisuse {
 protected:
  static constexpr size_t kSize = size_t{8} << 20;

  void begin(uv_stream_t* writer) {
    ASSERT_EQ(0, write_.start(writer, std::string(kSize, 'x')));
    uv_run(&loop_, UV_RUN_NOWAIT);
    uv_run(&loop_, UV_RUN_NOWAIT);
    ASSERT_EQ(0, write_.calls);
  }

  Write write_;
};

TEST_F(WriteUnderWay, IsNotDisturbedByAnotherTcpConnect) {
  uv_os_sock_t sockets[2];
  ASSERT_EQ(0, uv_socketpair(SOCK_STREAM, 0, sockets, 0, 0));
  uv_tcp_t tcp;
  uv_tcp_init(&loop_, &tcp);
  ASSERT_EQ(0, uv_tcp_open(&tcp, sockets[0]));
  begin(stream(tcp));
  Connect connect;
  const sockaddr_in address = loopback(1);
  EXPECT_EQ(UV_EISCONN,
            uv_tcp_connect(connect.prepared(), &tcp, generic(address), Connect::on_done));
  bool closed = false;
  tcp.data = &closed;
  uv_close(reinterpret_cast<uv_handle_t*>(&tcp),
           [](uv_handle_t* handle) { *static_cast<bool*>(handle->data) = true; });
  run_until([&] { return closed; });
  EXPECT_EQ(1, write_.calls);
  EXPECT_EQ(UV_ECANCELED, write_.status);
  EXPECT_EQ(1, connect.status) << "an error that was returned has no callback";
  ::close(sockets[1]);
}

TEST_F(WriteUnderWay, IsNotDisturbedByAnotherPipeConnect) {
  connect_pair();
  begin(stream(pipe_));
  Connect connect;
  uv_pipe_connect(connect.prepared(), &pipe_, "/nonexistent", Connect::on_done);
  run_until([&] { return connect.status != 1; });
  EXPECT_EQ(UV_EISCONN, connect.status);
  EXPECT_EQ(0, write_.calls) << "its bytes are in the kernel's hands";
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(peer_)));
  run_until([&] { return write_.calls == 1 && reader.text.size() == kSize; });
  EXPECT_EQ(0, write_.status);
}

TEST_F(StreamMisuse, EmptyBuffersBeforeTheBytesAreWrittenToo) {
  connect_pair();
  std::vector<uv_buf_t> buffers(1500, uv_buf_init(const_cast<char*>(""), 0));
  buffers.push_back(uv_buf_init(const_cast<char*>("bytes"), 5));
  Write write;
  write.request.data = &write;
  ASSERT_EQ(0, uv_write(&write.request, stream(pipe_), buffers.data(),
                        static_cast<unsigned int>(buffers.size()), Write::on_done));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(peer_)));
  run_until([&] { return write.calls == 1 && reader.text.size() == 5; });
  EXPECT_EQ(0, write.status);
  EXPECT_EQ("bytes", reader.text);
}

}  // namespace
}  // namespace conformance
