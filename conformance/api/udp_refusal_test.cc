// What a socket hears of a port that nobody listens to, and which calls are refused.
#include <climits>

#include "platform.h"
#include "udp_support.h"

namespace {

using conformance::buffer_of;
using conformance::is_at_least;
using conformance::Request;
using conformance::Socket;
using conformance::UdpTest;

struct Address {
  sockaddr_storage storage = {};

  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

Address loopback(int family) {
  Address address;
  if (family == AF_INET) {
    uv_ip4_addr("127.0.0.1", 0, reinterpret_cast<sockaddr_in*>(&address.storage));
  } else {
    uv_ip6_addr("::1", 0, reinterpret_cast<sockaddr_in6*>(&address.storage));
  }
  return address;
}

// The parameter is the address family.
class Refusal : public UdpTest, public testing::WithParamInterface<int> {
 protected:
  void SetUp() override {
    UdpTest::SetUp();
    nobody_ = loopback(GetParam());
    Socket gone(loop);
    if (uv_udp_bind(&gone.udp, nobody_.get(), 0) != 0) GTEST_SKIP() << "the machine has no IPv6";
    int size = sizeof(nobody_.storage);
    ASSERT_EQ(0, uv_udp_getsockname(&gone.udp, nobody_.get(), &size));
  }

  void bind(Socket& socket, unsigned flags) {
    ASSERT_EQ(0, uv_udp_bind(&socket.udp, loopback(GetParam()).get(), flags));
    ASSERT_EQ(0, socket.start());
  }
  int send(Socket& socket, uv_udp_send_t& request, bool to_peer) {
    static char text[] = "ping";
    const uv_buf_t buffer = uv_buf_init(text, 4);
    request.data = &statuses_;
    return uv_udp_send(&request, &socket.udp, &buffer, 1, to_peer ? nullptr : nobody_.get(),
                       [](uv_udp_send_t* sent, int status) {
                         static_cast<std::vector<int>*>(sent->data)->push_back(status);
                       });
  }
  void run_until_sent(std::size_t count) {
    while (statuses_.size() < count)
      uv_run(&loop, UV_RUN_ONCE);
    // Where something is to be told, it is there by now.
    for (int i = 0; i < 3; ++i)
      turn();
  }

  Address nobody_;
  std::vector<int> statuses_;
};

TEST_P(Refusal, IsToldWithTheFlagAndThenTheEndToASocketThatAsksForIt) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 never takes the error from its queue";
  if (!conformance::kIsLinux) GTEST_SKIP() << "no socket keeps its errors here";
  Socket client(loop);
  bind(client, UV_UDP_LINUX_RECVERR);
  uv_udp_send_t request;
  ASSERT_EQ(0, send(client, request, false));
  run_until_sent(1);
  ASSERT_EQ(1u, client.received.size());
  EXPECT_EQ(UV_ECONNREFUSED, client.received[0].size);
  EXPECT_EQ(static_cast<unsigned>(UV_UDP_LINUX_RECVERR), client.received[0].flags);
  EXPECT_FALSE(client.received[0].has_sender);
  EXPECT_EQ(2, client.empty_reports) << "no more errors, and no messages";
  EXPECT_EQ(3, client.allocations) << "each with its own buffer";
  EXPECT_EQ(std::vector<int>({0}), statuses_);
}

TEST_P(Refusal, StopsAtOnceInTheCallback) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 never takes the error from its queue";
  if (!conformance::kIsLinux) GTEST_SKIP() << "no socket keeps its errors here";
  Socket client(loop);
  bind(client, UV_UDP_LINUX_RECVERR);
  client.then = [](Socket& self) { uv_udp_recv_stop(&self.udp); };
  uv_udp_send_t request;
  ASSERT_EQ(0, send(client, request, false));
  run_until_sent(1);
  EXPECT_EQ(1u, client.received.size());
  EXPECT_EQ(0, client.empty_reports);
}

TEST_P(Refusal, IsNotToldToASocketThatDoesNotAsk) {
  Socket client(loop);
  bind(client, 0);
  uv_udp_send_t requests[2];
  for (uv_udp_send_t& request : requests)
    ASSERT_EQ(0, send(client, request, false));
  run_until_sent(2);
  EXPECT_TRUE(client.received.empty());
  EXPECT_EQ(std::vector<int>({0, 0}), statuses_);
}

// The second message meets the error that the first one brought.
TEST_P(Refusal, IsToldToTheNextSendOfAConnectedSocket) {
  // UdpTest.ReportsARefusalToAConnectedSocket looks at that.
  if (conformance::kIsWindows) GTEST_SKIP() << "it is told to a receive";
  Socket client(loop);
  bind(client, 0);
  ASSERT_EQ(0, uv_udp_connect(&client.udp, nobody_.get()));
  uv_udp_send_t requests[2];
  for (uv_udp_send_t& request : requests)
    ASSERT_EQ(0, send(client, request, true));
  run_until_sent(2);
  // Elsewhere the second may be on its way before the first is answered; then the receiver hears.
  if (!conformance::kIsLinux && statuses_[1] == 0) GTEST_SKIP() << "the answer came late";
  EXPECT_TRUE(client.received.empty());
  EXPECT_EQ(std::vector<int>({0, UV_ECONNREFUSED}), statuses_);
}

INSTANTIATE_TEST_SUITE_P(Families, Refusal, testing::Values(AF_INET, AF_INET6),
                         [](const testing::TestParamInfo<int>& info) {
                           return info.param == AF_INET ? "IPv4" : "IPv6";
                         });

TEST_F(UdpTest, CountsOfBuffersThatAreNone) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 passes them on";
  Socket server(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  sockaddr_in name = server.name();
  sockaddr* address = reinterpret_cast<sockaddr*>(&name);
  uv_buf_t buffer = buffer_of("x");
  for (unsigned count : {0u, INT_MAX + 1u, UINT_MAX}) {
    uv_udp_send_t request;
    EXPECT_EQ(UV_EINVAL, uv_udp_send(&request, &client.udp, &buffer, count, address, nullptr));
    EXPECT_EQ(UV_EINVAL, uv_udp_try_send(&client.udp, &buffer, count, address));
    uv_buf_t* buffers[] = {&buffer, &buffer};
    unsigned counts[] = {count, 1};
    sockaddr* addresses[] = {address, address};
    EXPECT_EQ(UV_EINVAL, uv_udp_try_send2(&client.udp, 2, buffers, counts, addresses, 0));
    EXPECT_EQ(UV_EINVAL, uv_udp_try_send2(&client.udp, count, buffers, counts, addresses, 0));
    unsigned turned[] = {1, count};
    EXPECT_EQ(1, uv_udp_try_send2(&client.udp, 2, buffers, turned, addresses, 0));
  }
  EXPECT_EQ(0u, uv_udp_get_send_queue_count(&client.udp));
  uv_os_fd_t descriptor;
  EXPECT_EQ(0, uv_fileno(client.handle(), &descriptor)) << "what went out needed one";
  Socket unopened(loop);
  uv_udp_send_t request;
  EXPECT_EQ(UV_EINVAL, uv_udp_send(&request, &unopened.udp, &buffer, 0, address, nullptr));
  EXPECT_EQ(UV_EBADF, uv_fileno(unopened.handle(), &descriptor));
  ASSERT_EQ(0, server.start());
  receive(server, 3);
}

TEST_F(UdpTest, SeveralAtOnceNeedRoomForALargeOne) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 reports that nothing is there";
  if (conformance::kIsWindows) GTEST_SKIP() << "there they come one by one";
  Socket server(loop, AF_INET | UV_UDP_RECVMMSG), client(loop);
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, server.start());
  server.then = [](Socket& self) { uv_udp_recv_stop(&self.udp); };
  ASSERT_EQ(4, client.try_send("ping", &server));
  std::size_t refused = 0;
  for (std::size_t size : {std::size_t{64}, std::size_t{65535}}) {
    server.memory.resize(size);
    receive(server, ++refused);
    EXPECT_EQ(UV_EINVAL, server.received.back().size) << size;
    EXPECT_EQ(0u, server.received.back().flags);
    ASSERT_EQ(0, server.start());
  }
  server.memory.resize(65536);
  receive(server, refused + 1);
  EXPECT_EQ("ping", server.received[refused].text) << "it has waited";
}

}  // namespace
