// Pipes: names, modes, FIFOs, and descriptors that travel over them.
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include <local_pair.h>

#include "passing_support.h"
#include "pipe_support.h"
#include "platform.h"

namespace conformance {
namespace {

TEST_F(NamedPipe, BindsListensConnectsAndUnlinks) {
  EXPECT_EQ(UV_EINVAL, uv_listen(stream(server_), 1, [](uv_stream_t*, int) {}));
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  EXPECT_EQ(UV_EINVAL, uv_pipe_bind(&server_, path_.c_str()));
  EXPECT_EQ(path_, name_of(server_));
  listen();
  Connect connect;
  uv_pipe_connect(connect.prepared(), &client_, path_.c_str(), Connect::on_done);
  EXPECT_EQ(1, connect.status);
  run_until([&] { return connect.status == 0 && has_accepted_; });
  char name[256];
  size_t size = sizeof(name);
  ASSERT_EQ(0, uv_pipe_getpeername(&client_, name, &size));
  EXPECT_EQ(path_, std::string(name, size));
  EXPECT_EQ("", name_of(client_));
  size = sizeof(name);
  ASSERT_EQ(0, uv_pipe_getsockname(&client_, name, &size));
  EXPECT_STREQ("", name) << "no name is an empty string";
  size = 3;
  EXPECT_EQ(UV_ENOBUFS, uv_pipe_getpeername(&client_, name, &size));
  EXPECT_EQ(path_.size() + 1, size);
  Reader reader;
  Write write;
  ASSERT_EQ(0, reader.start(stream(accepted_)));
  ASSERT_EQ(0, write.start(stream(client_), "over a path"));
  run_until([&] { return reader.text == "over a path"; });
  close(server_);
  close(client_);
  close(accepted_);
  run_until([] { return true; });
  Connect late;
  uv_pipe_t other;
  uv_pipe_init(&loop_, &other, 0);
  uv_pipe_connect(late.prepared(), &other, path_.c_str(), Connect::on_done);
  run_until([&] { return late.status != 1; });
  EXPECT_EQ(UV_ENOENT, late.status) << "the name is nobody's";
  close(other);
  run_until([] { return true; });
}

TEST_F(NamedPipe, BindReportsWhatIsWrong) {
  EXPECT_EQ(UV_EACCES, uv_pipe_bind(&client_, name_.impossible().c_str()));
  uv_pipe_t second;
  uv_pipe_init(&loop_, &second, 0);
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  EXPECT_EQ(UV_EADDRINUSE, uv_pipe_bind(&second, path_.c_str()));
  close(second);
  run_until([] { return true; });
  listen();
  Connect connect;
  uv_pipe_connect(connect.prepared(), &client_, path_.c_str(), Connect::on_done);
  run_until([&] { return connect.status != 1 && has_accepted_; });
  EXPECT_EQ(0, connect.status) << "the name is still its owner's";
  close(accepted_);
  uv_pipe_t unopened;
  uv_pipe_init(&loop_, &unopened, 0);
  char name[8];
  size_t size = sizeof(name);
  EXPECT_EQ(UV_EBADF, uv_pipe_getsockname(&unopened, name, &size));
  close(unopened);
  run_until([] { return true; });
}

TEST_F(NamedPipe, ConnectErrorsComeThroughTheCallback) {
  Connect connect;
  uv_pipe_connect(connect.prepared(), &client_, path_.c_str(), Connect::on_done);
  EXPECT_EQ(1, connect.status);
  run_until([&] { return connect.status != 1; });
  EXPECT_EQ(UV_ENOENT, connect.status);
}

TEST_F(NamedPipe, CloseCancelsAConnect) {
  Connect connect;
  uv_pipe_connect(connect.prepared(), &client_, path_.c_str(), Connect::on_done);
  close(client_);
  run_until([&] { return connect.status != 1; });
  EXPECT_EQ(UV_ECANCELED, connect.status);
}

TEST_F(NamedPipe, AConnectThatCannotBeginIsToldThroughTheCallback) {
  REQUIRE_FUNCTION(violet_loop_init);  // 1.44.2 forgets the first request, or aborts.
  ASSERT_EQ(0, uv_pipe_bind(&server_, path_.c_str()));
  listen();
  Connect first, second, third, on_server;
  uv_pipe_connect(first.prepared(), &client_, path_.c_str(), Connect::on_done);
  uv_pipe_connect(second.prepared(), &client_, path_.c_str(), Connect::on_done);
  uv_pipe_connect(third.prepared(), &client_, path_.c_str(), Connect::on_done);
  uv_pipe_connect(on_server.prepared(), &server_, path_.c_str(), Connect::on_done);
  EXPECT_EQ(1, second.status) << "not inside the call";
  run_until([&] { return first.status != 1 && third.status != 1 && on_server.status != 1; });
  EXPECT_EQ(0, first.status);
  EXPECT_EQ(UV_EALREADY, second.status);
  EXPECT_EQ(UV_EALREADY, third.status);
  EXPECT_EQ(UV_EINVAL, on_server.status);
  run_until([&] { return has_accepted_; });
}

TEST_F(NamedPipe, CloseCancelsARefusedConnect) {
  REQUIRE_FUNCTION(violet_loop_init);  // 1.44.2 forgets the first request.
  Connect first, second;
  uv_pipe_connect(first.prepared(), &client_, path_.c_str(), Connect::on_done);
  uv_pipe_connect(second.prepared(), &client_, path_.c_str(), Connect::on_done);
  close(client_);
  run_until([&] { return second.status != 1; });
  EXPECT_EQ(UV_ECANCELED, first.status);
  EXPECT_EQ(UV_ECANCELED, second.status);
}

// A program that connects anew whenever that fails.
struct Reconnect {
  std::vector<uv_connect_t> requests = std::vector<uv_connect_t>(8);
  std::vector<int> statuses;

  static void on_done(uv_connect_t* request, int status) {
    Reconnect& self = *static_cast<Reconnect*>(request->data);
    self.statuses.push_back(status);
    ASSERT_LT(self.statuses.size(), self.requests.size()) << "this never ends";
    self.start(reinterpret_cast<uv_pipe_t*>(request->handle));
  }
  void start(uv_pipe_t* pipe) {
    uv_connect_t& next = requests[statuses.size()];
    next.data = this;
    uv_pipe_connect(&next, pipe, "/none/socket", on_done);
  }
};

TEST_F(NamedPipe, ACloseEndsForAProgramThatConnectsAgain) {
  REQUIRE_FUNCTION(violet_loop_init);  // 1.44.2 keeps the second request in its loop for ever.
  Reconnect reconnect;
  reconnect.start(&client_);
  close(client_);
  run_until([&] { return !reconnect.statuses.empty(); });
  // The second one was asked for while the first, the pipe's own, was handed out.
  EXPECT_EQ(std::vector<int>({UV_ECANCELED, UV_ECANCELED}), reconnect.statuses);
  EXPECT_EQ(0u, loop_.active_reqs.count);
}

TEST_F(NamedPipe, NamesThatAreTooLong) {
  REQUIRE_FUNCTION(uv_pipe_bind2);
  const std::string long_name = test_support::LocalName::too_long();
  EXPECT_EQ(UV_EINVAL,
            uv_pipe_bind2(&server_, long_name.data(), long_name.size(), UV_PIPE_NO_TRUNCATE));
  EXPECT_EQ(UV_EINVAL, uv_pipe_bind2(&server_, path_.data(), path_.size(), 64));
  Connect connect;
  EXPECT_EQ(UV_EINVAL, uv_pipe_connect2(connect.prepared(), &client_, long_name.data(),
                                        long_name.size(), UV_PIPE_NO_TRUNCATE, Connect::on_done));
  EXPECT_EQ(0, uv_pipe_connect2(connect.prepared(), &client_, long_name.data(), long_name.size(), 0,
                                Connect::on_done));
  run_until([&] { return connect.status != 1; });
  EXPECT_EQ(UV_ENOENT, connect.status);
}

TEST_F(NamedPipe, AFifoHasOneDirection) {
  int ends[2];
  ASSERT_EQ(0, uv_pipe(ends, UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE));
  ASSERT_EQ(0, uv_pipe_open(&server_, ends[0]));
  ASSERT_EQ(0, uv_pipe_open(&client_, ends[1]));
  EXPECT_TRUE(uv_is_readable(stream(server_)));
  EXPECT_TRUE(uv_is_writable(stream(client_)));
  const bool both_ways = goes_both_ways(ends[0]);
  EXPECT_EQ(both_ways, uv_is_writable(stream(server_)) != 0);
  EXPECT_EQ(both_ways, uv_is_readable(stream(client_)) != 0);
  Reader reader;
  Write wrong;
  if (!both_ways) {
    EXPECT_EQ(UV_ENOTCONN, reader.start(stream(client_)));
    EXPECT_EQ(UV_EPIPE, wrong.start(stream(server_), "x"));
  }
  server_.data = nullptr;
  const std::string sent = pattern(300000);
  Write write;
  ASSERT_EQ(0, reader.start(stream(server_)));
  ASSERT_EQ(0, write.start(stream(client_), sent));
  write.done = [&] { close(client_); };
  run_until([&] { return reader.end != 0; });
  EXPECT_TRUE(sent == reader.text);
  EXPECT_EQ(UV_EOF, reader.end);
  uv_pipe_t bad;
  uv_pipe_init(&loop_, &bad, 0);
  EXPECT_EQ(UV_EBADF, uv_pipe_open(&bad, 9999));
  close(bad);
  run_until([] { return true; });
}

TEST_F(NamedPipe, AnIpcPipeDoesNotListen) {
  uv_pipe_t ipc;
  uv_pipe_init(&loop_, &ipc, 1);
  EXPECT_EQ(1, ipc.ipc);
  ASSERT_EQ(0, uv_pipe_bind(&ipc, path_.c_str()));
  EXPECT_EQ(UV_EINVAL, uv_listen(stream(ipc), 1, [](uv_stream_t*, int) {}));
  close(ipc);
  run_until([] { return true; });
}

class Ipc : public Passing {};

TEST_F(Ipc, PassesAListeningTcpSocketAndAPipe) {
  uv_tcp_t tcp;
  uv_tcp_init(&loop_, &tcp);
  const sockaddr_in any = loopback(0);
  ASSERT_EQ(0, uv_tcp_bind(&tcp, generic(any), 0));
  ASSERT_EQ(0, uv_listen(stream(tcp), 4, [](uv_stream_t*, int) {}));
  uv_file ends[2];
  ASSERT_EQ(0, test_support::open_local_pair(ends));
  uv_pipe_t sent_pipe;
  uv_pipe_t kept_pipe;
  uv_pipe_init(&loop_, &sent_pipe, 0);
  uv_pipe_init(&loop_, &kept_pipe, 0);
  ASSERT_EQ(0, uv_pipe_open(&sent_pipe, ends[0]));
  ASSERT_EQ(0, uv_pipe_open(&kept_pipe, ends[1]));

  Write plain;
  Write with_tcp;
  Write with_pipe;
  ASSERT_EQ(0, plain.start(stream(left_), "0"));
  ASSERT_EQ(0, with_tcp.start(stream(left_), "1", stream(tcp)));
  ASSERT_EQ(0, with_pipe.start(stream(left_), "2", stream(sent_pipe)));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return uv_pipe_pending_count(&right_) == 2 && with_pipe.calls == 1; });
  EXPECT_EQ("012", reader.text);

  EXPECT_EQ(UV_TCP, uv_pipe_pending_type(&right_));
  uv_tcp_t received_tcp;
  uv_tcp_init(&loop_, &received_tcp);
  ASSERT_EQ(0, uv_accept(stream(right_), stream(received_tcp)));
  sockaddr_in sent_name;
  sockaddr_in received_name;
  int size = sizeof(sent_name);
  uv_tcp_getsockname(&tcp, reinterpret_cast<sockaddr*>(&sent_name), &size);
  uv_tcp_getsockname(&received_tcp, reinterpret_cast<sockaddr*>(&received_name), &size);
  EXPECT_EQ(sent_name.sin_port, received_name.sin_port);
  EXPECT_EQ(0, uv_listen(stream(received_tcp), 4, [](uv_stream_t*, int) {}));

  EXPECT_EQ(UV_NAMED_PIPE, uv_pipe_pending_type(&right_));
  uv_pipe_t received_pipe;
  uv_pipe_init(&loop_, &received_pipe, 0);
  ASSERT_EQ(0, uv_accept(stream(right_), stream(received_pipe)));
  EXPECT_EQ(0, uv_pipe_pending_count(&right_));
  EXPECT_EQ(UV_UNKNOWN_HANDLE, uv_pipe_pending_type(&right_));
  EXPECT_EQ(UV_EAGAIN, uv_accept(stream(right_), stream(received_pipe)));
  Write hello;
  Reader kept;
  ASSERT_EQ(0, hello.start(stream(received_pipe), "through the passed end"));
  ASSERT_EQ(0, kept.start(stream(kept_pipe)));
  run_until([&] { return kept.text == "through the passed end"; });
  close(tcp);
  close(sent_pipe);
  close(kept_pipe);
  close(received_tcp);
  close(received_pipe);
  run_until([] { return true; });
}

TEST_F(Ipc, PassesAUdpSocket) {
  uv_udp_t sent;
  uv_udp_init(&loop_, &sent);
  const sockaddr_in any = loopback(0);
  ASSERT_EQ(0, uv_udp_bind(&sent, generic(any), 0));
  Write write;
  Reader reader;
  ASSERT_EQ(0, write.start(stream(left_), "u", stream(sent)));
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return uv_pipe_pending_count(&right_) == 1 && write.calls == 1; });

  EXPECT_EQ(UV_UDP, uv_pipe_pending_type(&right_));
  uv_udp_t received;
  uv_udp_init(&loop_, &received);
  ASSERT_EQ(0, uv_accept(stream(right_), stream(received)));
  sockaddr_in sent_name;
  sockaddr_in received_name;
  int size = sizeof(sent_name);
  ASSERT_EQ(0, uv_udp_getsockname(&sent, reinterpret_cast<sockaddr*>(&sent_name), &size));
  ASSERT_EQ(0, uv_udp_getsockname(&received, reinterpret_cast<sockaddr*>(&received_name), &size));
  EXPECT_EQ(sent_name.sin_port, received_name.sin_port);
  EXPECT_EQ(0, uv_pipe_pending_count(&right_));
  close(sent);
  close(received);
  run_until([] { return true; });
}

TEST_F(Ipc, BothWaysAtOnce) {
  uv_tcp_t tcp;
  uv_tcp_init_ex(&loop_, &tcp, AF_INET);
  Write there;
  Write back;
  Reader left;
  Reader right;
  ASSERT_EQ(0, left.start(stream(left_)));
  ASSERT_EQ(0, right.start(stream(right_)));
  ASSERT_EQ(0, there.start(stream(left_), "a", stream(tcp)));
  ASSERT_EQ(0, back.start(stream(right_), "b", stream(tcp)));
  run_until(
      [&] { return uv_pipe_pending_count(&left_) == 1 && uv_pipe_pending_count(&right_) == 1; });
  close(tcp);
  run_until([] { return true; });
}

TEST_F(Ipc, DescriptorsNobodyAcceptedAreClosed) {
  uv_tcp_t tcp;
  uv_tcp_init_ex(&loop_, &tcp, AF_INET);
  std::vector<Write> writes(5);
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  const int before = count_open_descriptors();
  for (Write& write : writes)
    ASSERT_EQ(0, write.start(stream(left_), "x", stream(tcp)));
  run_until([&] { return uv_pipe_pending_count(&right_) == 5; });
  EXPECT_EQ(before + 5, count_open_descriptors());
  close(right_);
  run_until([] { return true; });
  EXPECT_EQ(before - test_support::kCountsPipes, count_open_descriptors());
  close(tcp);
  run_until([] { return true; });
}

TEST_F(Ipc, OnlyOpenHandlesOverIpcPipes) {
  uv_tcp_t unopened;
  uv_tcp_init(&loop_, &unopened);
  Write write;
  EXPECT_EQ(UV_EBADF, write.start(stream(left_), "x", stream(unopened)));
  uv_file ends[2];
  ASSERT_EQ(0, test_support::open_local_pair(ends));
  uv_pipe_t plain;
  uv_pipe_init(&loop_, &plain, 0);
  ASSERT_EQ(0, uv_pipe_open(&plain, ends[0]));
  EXPECT_EQ(UV_EINVAL, write.start(stream(plain), "x", stream(left_)));
  ::close(ends[1]);
  close(plain);
  close(unopened);
  run_until([] { return true; });
}

TEST_F(Ipc, TryWriteTakesAHandleAlong) {
  REQUIRE_FUNCTION(uv_try_write2);
  uv_tcp_t tcp;
  uv_tcp_init_ex(&loop_, &tcp, AF_INET);
  uv_buf_t buffer = uv_buf_init(const_cast<char*>("x"), 1);
  EXPECT_EQ(1, uv_try_write2(stream(left_), &buffer, 1, stream(tcp)));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(right_)));
  run_until([&] { return uv_pipe_pending_count(&right_) == 1; });
  close(tcp);
  run_until([] { return true; });
}

}  // namespace
}  // namespace conformance
