// Everything that can be under way, closed at once: each callback comes, nothing is left open.
#include <memory>
#include <vector>

#include <local_pair.h>

#include "in_flight_support.h"
#include "platform.h"
#include "system.h"

namespace conformance {
namespace {

TEST_F(InFlight, ConnectionsThatNobodyTookEndWithTheListener) {
  listen_once();
  const int before = count_open_descriptors();
  listen([](uv_stream_t*, int) {});
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(std::make_unique<RawClient>(address_));
    EXPECT_TRUE(clients.back()->connected());
    turn(2);
  }
  close(server_);
  run_until([] { return true; });
  for (auto& client : clients)
    EXPECT_EQ("", client->read_all());
  clients.clear();
  if (kDescriptorsTellOfLeaks) {
    EXPECT_EQ(before, count_open_descriptors());
  }
}

// As in the worker of a server that is being replaced: those who share the socket serve the others.
TEST_F(InFlight, ASharedListenerLeavesToOthersWhatItDidNotTake) {
  static std::vector<std::unique_ptr<uv_tcp_t>> taken;
  taken.clear();
  constexpr std::size_t kClients = 5;
  const auto take_one = [](uv_stream_t* server, int status) {
    ASSERT_EQ(0, status);
    taken.push_back(std::make_unique<uv_tcp_t>());
    uv_tcp_init(server->loop, taken.back().get());
    ASSERT_EQ(0, uv_accept(server, stream(*taken.back())));
    if (taken.size() == 1 || taken.size() == kClients)
      uv_close(reinterpret_cast<uv_handle_t*>(server), nullptr);
  };
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof(address);
  const int first = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(0, bind(first, generic(address), size));
  ASSERT_EQ(0, getsockname(first, reinterpret_cast<sockaddr*>(&address), &size));
  const int second = dup(first);
  uv_tcp_t old_worker, new_worker;
  uv_tcp_init(&loop_, &old_worker);
  uv_tcp_init(&loop_, &new_worker);
  ASSERT_EQ(0, uv_tcp_open(&old_worker, first));
  ASSERT_EQ(0, uv_listen(stream(old_worker), 16, take_one));
  std::vector<std::unique_ptr<RawClient>> clients;
  for (std::size_t i = 0; i < kClients; ++i)
    clients.push_back(std::make_unique<RawClient>(address));
  run_until([] { return taken.size() == 1; });
  ASSERT_EQ(0, uv_tcp_open(&new_worker, second));
  ASSERT_EQ(0, uv_listen(stream(new_worker), 16, take_one));
  run_until([] { return taken.size() == kClients; });
  if (taken.size() < kClients) close(new_worker);
  for (std::unique_ptr<uv_tcp_t>& connection : taken)
    close(*connection);
  run_until([] { return true; });
}

TEST_F(InFlight, EveryKindOfRequestAndHandleCanBeClosedAtOnce) {
  listen_once();
  const int before = count_open_descriptors();
  listen([](uv_stream_t*, int) {});
  uv_file pairs[2][2];
  for (auto& pair : pairs)
    ASSERT_EQ(0, test_support::open_local_pair(pair));
  int sockets[2];
  ASSERT_EQ(0, test_support::open_nonblocking_sockets(SOCK_STREAM, sockets));
  uv_file fifo[2];
  ASSERT_EQ(0, uv_pipe(fifo, UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE));
  const std::string much = pattern(4 << 20);

  uv_tcp_t connecting;
  Connect connect;
  uv_tcp_init(&loop_, &connecting);
  ASSERT_EQ(0,
            uv_tcp_connect(connect.prepared(), &connecting, generic(address_), Connect::on_done));
  uv_pipe_t writing;
  uv_pipe_t writing_fifo;
  uv_pipe_t reading;
  Write writes[3];
  Shutdown shutdown;
  Reader reader;
  uv_pipe_init(&loop_, &writing, 0);
  uv_pipe_init(&loop_, &writing_fifo, 0);
  uv_pipe_init(&loop_, &reading, 0);
  ASSERT_EQ(0, uv_pipe_open(&writing, pairs[0][0]));
  ASSERT_EQ(0, uv_pipe_open(&writing_fifo, fifo[1]));
  ASSERT_EQ(0, uv_pipe_open(&reading, pairs[1][0]));
  ASSERT_EQ(0, writes[0].start(stream(writing), much));
  ASSERT_EQ(0, writes[1].start(stream(writing), much));
  ASSERT_EQ(0, shutdown.start(stream(writing)));
  ASSERT_EQ(0, writes[2].start(stream(writing_fifo), much));
  ASSERT_EQ(0, reader.start(stream(reading)));
  uv_poll_t polled;
  uv_poll_init(&loop_, &polled, sockets[0]);
  ASSERT_EQ(0, uv_poll_start(&polled, UV_READABLE, [](uv_poll_t*, int, int) { ADD_FAILURE(); }));
  uv_udp_t receiving;
  const sockaddr_in any = loopback(0);
  uv_udp_init(&loop_, &receiving);
  ASSERT_EQ(0, uv_udp_bind(&receiving, generic(any), 0));
  ASSERT_EQ(0, uv_udp_recv_start(&receiving, allocate_suggested,
                                 [](uv_udp_t*, ssize_t, const uv_buf_t*, const sockaddr*,
                                    unsigned) { ADD_FAILURE(); }));
  uv_async_t async;
  uv_async_init(&loop_, &async, [](uv_async_t*) { ADD_FAILURE(); });

  turn(3);
  uv_async_send(&async);
  ASSERT_EQ(1, ::write(pairs[1][1], "x", 1));
  ASSERT_EQ(1, ::write(sockets[1], "x", 1));
  uv_walk(
      &loop_, [](uv_handle_t* handle, void*) { uv_close(handle, nullptr); }, nullptr);
  run_until([&] { return shutdown.status != 1 && writes[2].calls == 1; });
  for (Write& write : writes) {
    EXPECT_EQ(1, write.calls);
    EXPECT_EQ(UV_ECANCELED, write.status);
  }
  EXPECT_EQ(UV_ECANCELED, shutdown.status);
  EXPECT_NE(1, connect.status);
  EXPECT_EQ("", reader.text);
  for (int other : {pairs[0][1], pairs[1][1], sockets[0], sockets[1], fifo[0]})
    ::close(other);
  if (kDescriptorsTellOfLeaks) {
    EXPECT_EQ(before, count_open_descriptors());
  }
}

}  // namespace
}  // namespace conformance
