// TCP: connecting, listening, options.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform.h"
#include "tcp_support.h"

namespace conformance {
namespace {

TEST_F(Tcp, InitChecksItsFlags) {
  uv_tcp_t tcp;
  EXPECT_EQ(UV_EINVAL, uv_tcp_init_ex(&loop_, &tcp, 255));
  EXPECT_EQ(UV_EINVAL, uv_tcp_init_ex(&loop_, &tcp, 0x10000));
  ASSERT_EQ(0, uv_tcp_init_ex(&loop_, &tcp, AF_INET));
  uv_os_fd_t descriptor;
  EXPECT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&tcp), &descriptor));
  EXPECT_EQ(UV_EBADF, uv_fileno(reinterpret_cast<uv_handle_t*>(&server_), &descriptor));
  close(tcp);
  run_until([] { return true; });
}

TEST_F(Tcp, BindChecksItsArguments) {
  sockaddr unix_address = {};
  unix_address.sa_family = AF_UNIX;
  EXPECT_EQ(UV_EINVAL, uv_tcp_bind(&server_, &unix_address, 0));
  const sockaddr_in address = loopback(0);
  EXPECT_EQ(UV_EINVAL, uv_tcp_bind(&server_, generic(address), UV_TCP_IPV6ONLY));
  uv_tcp_t lenient;
  uv_tcp_init(&loop_, &lenient);
  EXPECT_EQ(0, uv_tcp_bind(&lenient, generic(address), UV_UDP_REUSEADDR)) << "a flag of UDP's";
  close(lenient);
  run_until([] { return true; });
  EXPECT_EQ(0, uv_tcp_bind(&server_, generic(address), 0));
  EXPECT_EQ(UV_EINVAL, uv_tcp_bind(&server_, generic(address), 0));
}

TEST_F(Tcp, AnAddressInUseIsToldByListenAndConnect) {
  listen();
  uv_tcp_t second;
  uv_tcp_init(&loop_, &second);
  EXPECT_EQ(0, uv_tcp_bind(&second, generic(address_), 0));
  sockaddr_in name = {};
  int size = sizeof(name);
  EXPECT_EQ(UV_EADDRINUSE, uv_tcp_getsockname(&second, reinterpret_cast<sockaddr*>(&name), &size));
  EXPECT_EQ(UV_EADDRINUSE, uv_tcp_getpeername(&second, reinterpret_cast<sockaddr*>(&name), &size));
  EXPECT_EQ(UV_EADDRINUSE, uv_listen(stream(second), 1, on_connection));
  Connect connect;
  EXPECT_EQ(0, uv_tcp_connect(connect.prepared(), &second, generic(address_), Connect::on_done));
  EXPECT_EQ(1, connect.status);
  run_until([&] { return connect.status != 1; });
  EXPECT_EQ(UV_EADDRINUSE, connect.status);
  close(second);
  run_until([] { return true; });
}

TEST_F(Tcp, ReusePortLetsSeveralListen) {
  if (!is_at_least(1, 49)) GTEST_SKIP() << "UV_TCP_REUSEPORT is newer than the library";
  const sockaddr_in any = loopback(0);
  ASSERT_EQ(0, uv_tcp_bind(&server_, generic(any), UV_TCP_REUSEPORT));
  ASSERT_EQ(0, uv_listen(stream(server_), 1, on_connection));
  int size = sizeof(address_);
  uv_tcp_getsockname(&server_, reinterpret_cast<sockaddr*>(&address_), &size);
  uv_tcp_t second;
  uv_tcp_init(&loop_, &second);
  EXPECT_EQ(0, uv_tcp_bind(&second, generic(address_), UV_TCP_REUSEPORT));
  EXPECT_EQ(0, uv_listen(stream(second), 1, on_connection));
  close(second);
  run_until([] { return true; });
}

TEST_F(Tcp, ConnectsAndTellsNames) {
  listen();
  start_client();
  EXPECT_TRUE(uv_is_readable(client()));
  EXPECT_EQ(UV_EALREADY, uv_tcp_connect(connects_[0]->prepared(), clients_[0].get(),
                                        generic(address_), Connect::on_done));
  run_until([&] { return connects_[0]->status == 0 && accepted_.size() == 1; });
  sockaddr_in own;
  sockaddr_in other;
  int size = sizeof(own);
  ASSERT_EQ(0, uv_tcp_getsockname(clients_[0].get(), reinterpret_cast<sockaddr*>(&own), &size));
  ASSERT_EQ(0, uv_tcp_getpeername(accepted_[0].get(), reinterpret_cast<sockaddr*>(&other), &size));
  EXPECT_EQ(own.sin_port, other.sin_port);
  EXPECT_EQ(static_cast<int>(sizeof(own)), size);
  EXPECT_EQ(UV_ENOTCONN, uv_tcp_getpeername(&server_, reinterpret_cast<sockaddr*>(&other), &size));
  uv_tcp_t unopened;
  uv_tcp_init(&loop_, &unopened);
  EXPECT_EQ(UV_EBADF, uv_tcp_getsockname(&unopened, reinterpret_cast<sockaddr*>(&own), &size));
  close(unopened);
  run_until([] { return true; });
}

TEST_F(Tcp, ARefusalComesThroughTheCallback) {
  // A port that was just free.
  listen();
  close(server_);
  run_until([] { return true; });
  start_client();
  Write write;
  ASSERT_EQ(0, write.start(client(), "never sent"));
  EXPECT_EQ(1, connects_[0]->status);
  run_until([&] { return connects_[0]->status != 1 && write.calls == 1; });
  EXPECT_EQ(UV_ECONNREFUSED, connects_[0]->status);
  EXPECT_EQ(UV_ECANCELED, write.status);
}

TEST_F(Tcp, CloseCancelsAConnect) {
  listen();
  start_client();
  Write write;
  ASSERT_EQ(0, write.start(client(), "x"));
  close(*clients_[0]);
  run_until([&] { return connects_[0]->status != 1; });
  EXPECT_EQ(UV_ECANCELED, connects_[0]->status);
  EXPECT_EQ(UV_ECANCELED, write.status);
}

TEST_F(Tcp, WritesAndReadsStartedWhileConnectingWork) {
  listen();
  start_client();
  Write write;
  Reader reader;
  ASSERT_EQ(0, write.start(client(), "early"));
  ASSERT_EQ(0, reader.start(client()));
  run_until([&] { return accepted_.size() == 1; });
  Reader at_peer;
  Write answer;
  ASSERT_EQ(0, at_peer.start(peer()));
  ASSERT_EQ(0, answer.start(peer(), "answer"));
  run_until([&] { return reader.text == "answer" && at_peer.text == "early"; });
  EXPECT_EQ(0, write.status);
}

TEST_F(Tcp, EchoesEightMebibytes) {
  connect();
  const std::string sent = pattern(8 << 20);
  Reader reader;
  Write write;
  Shutdown shutdown;
  ASSERT_EQ(0, reader.start(peer()));
  ASSERT_EQ(0, write.start(client(), sent));
  ASSERT_EQ(0, shutdown.start(client()));
  run_until([&] { return reader.end != 0; });
  EXPECT_EQ(UV_EOF, reader.end);
  EXPECT_TRUE(sent == reader.text);
}

TEST_F(Tcp, ConnectionsWaitUntilTheyAreAccepted) {
  static int calls;
  calls = 0;
  listen([](uv_stream_t*, int) { ++calls; });
  start_client();
  start_client();
  start_client();
  run_until([&] { return calls == 1 && connects_[2]->status == 0; });
  for (int i = 0; i < 5; ++i)
    uv_run(&loop_, UV_RUN_NOWAIT);
  EXPECT_EQ(1, calls);
  accept();
  run_until([] { return calls == 2; });
  accept();
  run_until([] { return calls == 3; });
  accept();
  uv_tcp_t none;
  uv_tcp_init(&loop_, &none);
  EXPECT_EQ(UV_EAGAIN, uv_accept(stream(server_), stream(none)));
  close(none);
  run_until([] { return true; });
}

TEST_F(Tcp, ListenTwiceChangesTheCallback) {
  listen();
  EXPECT_EQ(0, uv_listen(stream(server_), 128, on_connection));
  uv_timer_t timer;
  uv_timer_init(&loop_, &timer);
  close(timer);
  start_client();
  run_until([&] { return accepted_.size() == 1; });
}

TEST_F(Tcp, AServerMayCloseInItsCallback) {
  listen(
      [](uv_stream_t* server, int) { uv_close(reinterpret_cast<uv_handle_t*>(server), nullptr); });
  start_client();
  start_client();
  run_until([&] { return uv_is_closing(reinterpret_cast<uv_handle_t*>(&server_)) != 0; });
}

TEST_F(Tcp, AResetIsAReadErrorAndNoSignal) {
  connect();
  Reader reader;
  ASSERT_EQ(0, reader.start(peer()));
  ASSERT_EQ(0, uv_tcp_close_reset(clients_[0].get(), nullptr));
  expect_reset(reader);
}

TEST_F(Tcp, AResetEndsAReadThatIsUnderWay) {
  connect();
  Reader reader;
  ASSERT_EQ(0, reader.start(peer()));
  uv_run(&loop_, UV_RUN_NOWAIT);
  ASSERT_EQ(0, uv_tcp_close_reset(clients_[0].get(), nullptr));
  expect_reset(reader);
}

TEST_F(Tcp, NoResetWhileShuttingDown) {
  connect();
  Shutdown shutdown;
  ASSERT_EQ(0, shutdown.start(client()));
  EXPECT_EQ(UV_EINVAL, uv_tcp_close_reset(clients_[0].get(), nullptr));
  EXPECT_FALSE(uv_is_closing(reinterpret_cast<uv_handle_t*>(clients_[0].get())));
  run_until([&] { return shutdown.status == 0; });
  uv_tcp_t unopened;
  uv_tcp_init(&loop_, &unopened);
  EXPECT_EQ(UV_EBADF, uv_tcp_close_reset(&unopened, nullptr));
  close(unopened);
  run_until([] { return true; });
}

TEST_F(Tcp, ReadingStopsAndGoesOnWithoutLoss) {
  connect();
  Reader reader;
  int stops = 0;
  reader.after_read = [&](uv_stream_t* handle) {
    ++stops;
    uv_read_stop(handle);
  };
  const std::string sent = pattern(300);
  Write write;
  Shutdown shutdown;
  ASSERT_EQ(0, write.start(client(), sent));
  ASSERT_EQ(0, shutdown.start(client()));
  for (int i = 0; i < 300; ++i) {
    ASSERT_EQ(0, reader.start(peer(), allocate_one_byte));
    run_until([&] { return stops == i + 1; });
    uv_run(&loop_, UV_RUN_NOWAIT);
    ASSERT_EQ(static_cast<size_t>(i + 1), reader.text.size());
  }
  ASSERT_EQ(0, reader.start(peer()));
  run_until([&] { return reader.end != 0; });
  EXPECT_EQ(UV_EOF, reader.end);
  EXPECT_EQ(sent, reader.text);
}

TEST_F(Tcp, ClosingWithUnreadDataIsClean) {
  connect();
  Write write;
  Reader reader;
  ASSERT_EQ(0, reader.start(peer(), allocate_one_byte));
  reader.after_read = [](uv_stream_t* handle) {
    uv_close(reinterpret_cast<uv_handle_t*>(handle), nullptr);
  };
  ASSERT_EQ(0, write.start(client(), pattern(100000)));
  run_until([&] { return reader.reads == 1; });
  EXPECT_EQ(1u, reader.text.size());
}

TEST_F(Tcp, OptionsAskedForEarlyReachTheSocket) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "this library forgets the seconds";
  uv_tcp_t tcp;
  uv_tcp_init(&loop_, &tcp);
  EXPECT_EQ(0, uv_tcp_keepalive(&tcp, 1, 33));
  EXPECT_EQ(0, uv_tcp_nodelay(&tcp, 1));
  const sockaddr_in any = loopback(0);
  ASSERT_EQ(0, uv_tcp_bind(&tcp, generic(any), 0));
  uv_os_fd_t socket;
  ASSERT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&tcp), &socket));
  int value = 0;
  socklen_t size = sizeof(value);
  getsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &value, &size);
  EXPECT_NE(0, value);
  value = 0;
  getsockopt(socket, IPPROTO_TCP, 1 /* TCP_NODELAY */, &value, &size);
  EXPECT_NE(0, value) << "the BSDs answer with their own bit";
  close(tcp);
  run_until([] { return true; });
}

TEST_F(Tcp, OptionsReachTheSocket) {
  connect();
  uv_os_fd_t socket;
  ASSERT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(clients_[0].get()), &socket));
  EXPECT_EQ(0, uv_tcp_nodelay(clients_[0].get(), 1));
  int value = 0;
  socklen_t size = sizeof(value);
  getsockopt(socket, IPPROTO_TCP, 1 /* TCP_NODELAY */, &value, &size);
  EXPECT_NE(0, value) << "the BSDs answer with their own bit";
  EXPECT_EQ(0, uv_tcp_keepalive(clients_[0].get(), 1, 30));
  getsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &value, &size);
  EXPECT_NE(0, value);
  EXPECT_EQ(0, uv_tcp_keepalive(clients_[0].get(), 0, 0));
  getsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &value, &size);
  EXPECT_EQ(0, value);
  EXPECT_EQ(0, uv_tcp_simultaneous_accepts(&server_, 1));
}

TEST_F(Tcp, OpenTakesASocket) {
  int ends[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  uv_tcp_t tcp;
  uv_tcp_init(&loop_, &tcp);
  EXPECT_EQ(conformance::kNoSuchSocket, uv_tcp_open(&tcp, 9999));
  ASSERT_EQ(0, uv_tcp_open(&tcp, ends[0]));
#if !defined(_WIN32)  // Windows does not tell.
  EXPECT_NE(0, fcntl(ends[0], F_GETFL) & O_NONBLOCK);
#endif
  EXPECT_EQ(UV_EBUSY, uv_tcp_open(&tcp, ends[1]));
  ::close(ends[1]);
  close(tcp);
  run_until([] { return true; });
}

// BIND's threads listen on one socket so; libuv notes in `flags` that it is bound.
TEST_F(Tcp, ASecondHandleListensOnASocketWithTheFlagsOfTheFirst) {
  uv_tcp_t first;
  uv_tcp_init(&loop_, &first);
  const sockaddr_in any = loopback(0);
  ASSERT_EQ(0, uv_tcp_bind(&first, generic(any), 0));
  uv_os_fd_t bound;
  ASSERT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&first), &bound));
  ASSERT_EQ(0, uv_tcp_open(&server_, fcntl(bound, F_DUPFD_CLOEXEC, 0)));
  server_.flags = first.flags;
  ASSERT_EQ(0, uv_listen(stream(server_), 8, on_connection));
  int size = sizeof(address_);
  ASSERT_EQ(0, uv_tcp_getsockname(&first, reinterpret_cast<sockaddr*>(&address_), &size));
  start_client();
  run_until([&] { return connects_[0]->status == 0 && accepted_.size() == 1; });
  close(first);
  run_until([] { return true; });
}

}  // namespace
}  // namespace conformance
