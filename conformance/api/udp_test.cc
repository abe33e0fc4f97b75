#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <vector>

#include "platform.h"
#include "socket_flags.h"
#include "udp_support.h"

namespace {

using conformance::buffer_of;
using conformance::Request;
using conformance::Socket;
using conformance::Texts;
using conformance::UdpTest;

TEST_F(UdpTest, RefusesUnknownFlags) {
  uv_udp_t udp;
  EXPECT_EQ(UV_EINVAL, uv_udp_init_ex(&loop, &udp, AF_UNIX));
  EXPECT_EQ(UV_EINVAL, uv_udp_init_ex(&loop, &udp, 1024));
  Socket socket(loop);
  EXPECT_EQ(UV_EINVAL, socket.bind("127.0.0.1", UV_UDP_RECVMMSG));
  EXPECT_EQ(UV_EINVAL, socket.bind("127.0.0.1", UV_UDP_IPV6ONLY));
}

TEST_F(UdpTest, BindsOnce) {
  Socket socket(loop);
  ASSERT_EQ(0, socket.bind());
  EXPECT_NE(0, socket.name().sin_port);
  EXPECT_EQ(UV_EINVAL, socket.bind());
  EXPECT_FALSE(socket.active());
  sockaddr_in6 v6;
  ASSERT_EQ(0, uv_ip6_addr("::1", 0, &v6));
  Socket other(loop);
  v6.sin6_family = 77;
  EXPECT_EQ(UV_EINVAL, uv_udp_bind(&other.udp, reinterpret_cast<sockaddr*>(&v6), 0));
}

TEST_F(UdpTest, AnAddressIsSharedOnlyWhenAskedFor) {
  Socket first(loop), second(loop), third(loop);
  ASSERT_EQ(0, first.bind("127.0.0.1", UV_UDP_REUSEADDR));
  sockaddr_in name = first.name();
  const sockaddr* address = reinterpret_cast<sockaddr*>(&name);
  EXPECT_EQ(UV_EADDRINUSE, uv_udp_bind(&second.udp, address, 0));
  EXPECT_EQ(0, uv_udp_bind(&third.udp, address, UV_UDP_REUSEADDR));
}

TEST_F(UdpTest, PortsAreSharedWithReusePort) {
  if (!conformance::is_at_least(1, 52)) GTEST_SKIP() << "newer than libuv 1.44";
  Socket first(loop), second(loop);
  ASSERT_EQ(0, first.bind("127.0.0.1", UV_UDP_REUSEPORT));
  sockaddr_in name = first.name();
  EXPECT_EQ(0, uv_udp_bind(&second.udp, reinterpret_cast<sockaddr*>(&name), UV_UDP_REUSEPORT));
}

TEST_F(UdpTest, SendsAndReceives) {
  Socket server(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  EXPECT_EQ(UV_EINVAL, uv_udp_recv_start(&server.udp, nullptr, Socket::on_received));
  ASSERT_EQ(0, server.start());
  EXPECT_EQ(UV_EALREADY, server.start());
  EXPECT_TRUE(server.active());
  Request request;
  ASSERT_EQ(0, request.start(client, "hello", &server));
  EXPECT_EQ(0, request.calls) << "not inside uv_udp_send()";
  EXPECT_EQ(5u, uv_udp_get_send_queue_size(&client.udp));
  EXPECT_EQ(1u, uv_udp_get_send_queue_count(&client.udp));
  server.then = [](Socket& self) { self.close(); };
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
  EXPECT_EQ(1, request.calls);
  EXPECT_EQ(0, request.status);
  EXPECT_EQ(0u, client.udp.send_queue_size);
  EXPECT_EQ(0u, client.udp.send_queue_count);
  EXPECT_EQ(Texts({"hello"}), server.texts());
  EXPECT_TRUE(server.received[0].has_sender);
}

TEST_F(UdpTest, KeepsTheOrderOfManySends) {
  constexpr int kMessages = 100;
  Socket server(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, server.start());
  std::vector<Request> requests(kMessages);
  std::vector<Request*> order;
  Texts expected;
  for (int i = 0; i < kMessages; ++i)
    expected.push_back(std::to_string(i));
  for (int i = 0; i < kMessages; ++i) {
    requests[i].order = &order;
    ASSERT_EQ(0, requests[i].start(client, expected[i].c_str(), &server));
  }
  EXPECT_EQ(100u, client.udp.send_queue_count);
  EXPECT_EQ(190u, client.udp.send_queue_size);
  EXPECT_EQ(UV_EAGAIN, client.try_send("x", &server)) << "messages are queued";
  while (server.received.size() < kMessages || order.size() < kMessages)
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(expected, server.texts());
  for (int i = 0; i < kMessages; ++i)
    EXPECT_EQ(&requests[i], order[i]);
  EXPECT_EQ(0u, client.udp.send_queue_size);
}

TEST_F(UdpTest, TakesManyBuffersForOneMessage) {
  Socket server(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, server.start());
  std::vector<uv_buf_t> buffers;
  for (int i = 0; i < 20; ++i)
    buffers.push_back(buffer_of("ab"));
  sockaddr_in address = server.name();
  Request request;
  request.send.data = &request;
  ASSERT_EQ(0, uv_udp_send(&request.send, &client.udp, buffers.data(), 20,
                           reinterpret_cast<sockaddr*>(&address), Request::on_sent));
  buffers.clear();
  while (server.received.empty())
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(40, server.received[0].size);
}

TEST_F(UdpTest, EmptyMessagesAreMessages) {
  Socket server(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, server.start());
  EXPECT_EQ(0, client.try_send("", &server));
  Request request;
  ASSERT_EQ(0, request.start(client, "", &server));
  while (server.received.size() < 2)
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(0, server.received[0].size);
  EXPECT_TRUE(server.received[0].has_sender);
}

TEST_F(UdpTest, ReportsErrorsOfSending) {
  Socket server(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  std::string large(70000, 'x');
  EXPECT_EQ(UV_EMSGSIZE, client.try_send(large.c_str(), &server));
  Request first, second;
  ASSERT_EQ(0, first.start(client, large.c_str(), &server));
  ASSERT_EQ(0, second.start(client, "fits", &server));
  turn();
  turn();
  EXPECT_EQ(UV_EMSGSIZE, first.status);
  EXPECT_EQ(0, second.status);
  Request nowhere;
  EXPECT_EQ(UV_EDESTADDRREQ, nowhere.start(client, "x", nullptr));
  EXPECT_EQ(UV_EDESTADDRREQ, client.try_send("x", nullptr));
}

TEST_F(UdpTest, MarksMessagesThatAreCut) {
  Socket server(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, server.start());
  server.memory.resize(3);
  client.try_send("hello", &server);
  while (server.received.empty())
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ("hel", server.received[0].text);
  EXPECT_EQ(static_cast<unsigned>(UV_UDP_PARTIAL), server.received[0].flags);
}

TEST_F(UdpTest, ReportsThatNoBufferWasGiven) {
  Socket server(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, server.start());
  server.memory.clear();
  server.then = [](Socket& self) { uv_udp_recv_stop(&self.udp); };
  client.try_send("hello", &server);
  while (server.received.empty())
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(UV_ENOBUFS, server.received[0].size);
}

TEST_F(UdpTest, StopsAtOnce) {
  Socket server(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, server.start());
  server.then = [](Socket& self) { uv_udp_recv_stop(&self.udp); };
  for (const char* text : {"one", "two"})
    client.try_send(text, &server);
  while (server.received.empty())
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_FALSE(server.active());
  turn();
  EXPECT_EQ(Texts({"one"}), server.texts());
  ASSERT_EQ(0, server.start());
  while (server.received.size() < 2)
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(Texts({"one", "two"}), server.texts());
}

TEST_F(UdpTest, ReceivesSeveralAtOnce) {
  if (conformance::kIsWindows) GTEST_SKIP() << "there they come one by one";
  Socket server(loop, AF_INET | UV_UDP_RECVMMSG), client(loop);
  EXPECT_EQ(1, uv_udp_using_recvmmsg(&server.udp));
  EXPECT_EQ(0, uv_udp_using_recvmmsg(&client.udp));
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, server.start());
  server.memory.resize(4 * 65536);
  for (const char* text : {"one", "two", "three"})
    client.try_send(text, &server);
  while (server.received.size() < 4)
    uv_run(&loop, UV_RUN_ONCE);
  // Where loopback takes its time, the first may have come alone.
  if (!conformance::kIsLinux && server.texts()[1].empty()) GTEST_SKIP() << "they came one by one";
  if (!conformance::kIsLinux && server.texts()[2].empty()) GTEST_SKIP() << "the last came late";
  EXPECT_EQ(Texts({"one", "two", "three", ""}), server.texts());
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(static_cast<unsigned>(UV_UDP_MMSG_CHUNK), server.received[i].flags);
  EXPECT_EQ(static_cast<unsigned>(UV_UDP_MMSG_FREE), server.received[3].flags);
  EXPECT_FALSE(server.received[3].has_sender);
}

TEST_F(UdpTest, WhereNoneComeTogetherTheFlagChangesNothing) {
  if (!conformance::kIsWindows) GTEST_SKIP() << "here they come together";
  Socket server(loop, AF_INET | UV_UDP_RECVMMSG), client(loop);
  EXPECT_EQ(0, uv_udp_using_recvmmsg(&server.udp));
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, server.start());
  server.memory.resize(64);
  for (const char* text : {"one", "two"})
    client.try_send(text, &server);
  while (server.texts() != Texts({"one", "two"}))
    uv_run(&loop, UV_RUN_ONCE);
  for (const auto& message : server.received)
    EXPECT_EQ(0u, message.flags);
}

TEST_F(UdpTest, SeveralAtOnceWithASmallBufferAreOneAtATime) {
  if (conformance::kIsWindows) GTEST_SKIP() << "the flag changes nothing there";
  Socket server(loop, AF_INET | UV_UDP_RECVMMSG), client(loop);
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, server.start());
  for (const char* text : {"one", "two"})
    client.try_send(text, &server);
  while (server.received.size() < 4)
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(Texts({"one", "", "two", ""}), server.texts());
}

TEST_F(UdpTest, Connects) {
  Socket server(loop), other(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, other.bind());
  ASSERT_EQ(0, server.start());
  EXPECT_EQ(UV_ENOTCONN, uv_udp_connect(&client.udp, nullptr));
  sockaddr_in address = server.name(), peer = {};
  const sockaddr* target = reinterpret_cast<sockaddr*>(&address);
  int size = sizeof(peer);
  ASSERT_EQ(0, uv_udp_connect(&client.udp, target));
  EXPECT_EQ(UV_EISCONN, uv_udp_connect(&client.udp, target));
  ASSERT_EQ(0, uv_udp_getpeername(&client.udp, reinterpret_cast<sockaddr*>(&peer), &size));
  EXPECT_EQ(address.sin_port, peer.sin_port);
  EXPECT_EQ(UV_EISCONN, client.try_send("x", &server));
  EXPECT_EQ(4, client.try_send("tied", nullptr));
  Request request, refused;
  EXPECT_EQ(UV_EISCONN, refused.start(client, "x", &server));
  ASSERT_EQ(0, request.start(client, "queued", nullptr));
  while (server.received.size() < 2)
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(Texts({"tied", "queued"}), server.texts());
  ASSERT_EQ(0, uv_udp_connect(&client.udp, nullptr));
  size = sizeof(peer);
  EXPECT_EQ(UV_ENOTCONN,
            uv_udp_getpeername(&client.udp, reinterpret_cast<sockaddr*>(&peer), &size));
  EXPECT_EQ(6, client.try_send("untied", &server));
}

// What an answer to it that nobody is there is called.
bool is_refusal(int error) {
  return error == UV_ECONNREFUSED || (conformance::kIsWindows && error == UV_ECONNRESET);
}

TEST_F(UdpTest, ReportsARefusalToAConnectedSocket) {
  sockaddr_in address;
  {
    Socket gone(loop);
    ASSERT_EQ(0, gone.bind());
    address = gone.name();
  }
  Socket client(loop);
  ASSERT_EQ(0, uv_udp_connect(&client.udp, reinterpret_cast<sockaddr*>(&address)));
  ASSERT_EQ(0, client.start());
  // Wine tells it to a receive that is under way only (refusal_later.c).
  turn();
  EXPECT_EQ(1, client.try_send("x", nullptr));
  while (client.received.empty())
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_PRED1(is_refusal, client.received[0].size);
}

TEST_F(UdpTest, ReportsARefusalToAnUnconnectedSocketWhenAsked) {
  if (!conformance::kIsLinux) GTEST_SKIP() << "no socket keeps its errors here";
  Socket gone(loop), client(loop);
  ASSERT_EQ(0, gone.bind());
  sockaddr_in address = gone.name();
  gone.close();
  turn();
  ASSERT_EQ(0, client.bind("127.0.0.1", UV_UDP_LINUX_RECVERR));
  ASSERT_EQ(0, client.start());
  uv_buf_t buffer = buffer_of("x");
  EXPECT_EQ(1, uv_udp_try_send(&client.udp, &buffer, 1, reinterpret_cast<sockaddr*>(&address)));
  while (client.received.empty())
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(UV_ECONNREFUSED, client.received[0].size);
}

TEST_F(UdpTest, NoRefusalIsReportedAfterAStopWhileAllocating) {
  if (!conformance::kIsLinux) GTEST_SKIP() << "no socket keeps its errors here";
  if (!conformance::is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 calls a null pointer";
  Socket gone(loop), client(loop);
  ASSERT_EQ(0, gone.bind());
  sockaddr_in address = gone.name();
  gone.close();
  turn();
  ASSERT_EQ(0, client.bind("127.0.0.1", UV_UDP_LINUX_RECVERR));
  auto stop = [](uv_handle_t* handle, size_t size, uv_buf_t* buffer) {
    uv_udp_recv_stop(reinterpret_cast<uv_udp_t*>(handle));
    Socket::on_allocate(handle, size, buffer);
  };
  ASSERT_EQ(0, uv_udp_recv_start(&client.udp, stop, Socket::on_received));
  uv_buf_t buffer = buffer_of("x");
  EXPECT_EQ(1, uv_udp_try_send(&client.udp, &buffer, 1, reinterpret_cast<sockaddr*>(&address)));
  while (client.allocations == 0)
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_TRUE(client.received.empty());
}

TEST_F(UdpTest, CloseHandsOutWhatWasSent) {
  Socket server(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  Request first, second;
  ASSERT_EQ(0, first.start(client, "one", &server));
  ASSERT_EQ(0, second.start(client, "two", &server));
  client.close();
  EXPECT_EQ(0, first.calls);
  turn();
  EXPECT_EQ(1, first.calls);
  EXPECT_EQ(0, first.status);
  EXPECT_EQ(1, second.calls);
}

TEST_F(UdpTest, MayCloseInAnyCallback) {
  Socket server(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, server.start());
  server.then = [](Socket& self) { self.close(); };
  sockaddr_in address = server.name();
  uv_buf_t buffer = buffer_of("x");
  uv_udp_send_t sends[3];
  auto close_it = [](uv_udp_send_t* send, int) {
    uv_handle_t* handle = reinterpret_cast<uv_handle_t*>(send->handle);
    if (!uv_is_closing(handle)) uv_close(handle, nullptr);
  };
  for (uv_udp_send_t& send : sends) {
    ASSERT_EQ(0, uv_udp_send(&send, &client.udp, &buffer, 1, reinterpret_cast<sockaddr*>(&address),
                             close_it));
  }
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
  EXPECT_EQ(1u, server.received.size());
  EXPECT_EQ(0u, client.udp.send_queue_count);
}

TEST_F(UdpTest, TriesToSendSeveral) {
  REQUIRE_FUNCTION(uv_udp_try_send2);
  Socket server(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  ASSERT_EQ(0, server.start());
  constexpr unsigned kCount = 40;
  uv_buf_t text = buffer_of("x");
  uv_buf_t* buffers[kCount];
  unsigned counts[kCount];
  sockaddr* addresses[kCount];
  sockaddr_in address = server.name();
  for (unsigned i = 0; i < kCount; ++i) {
    buffers[i] = &text;
    counts[i] = 1;
    addresses[i] = reinterpret_cast<sockaddr*>(&address);
  }
  EXPECT_EQ(UV_EINVAL, uv_udp_try_send2(&client.udp, 0, buffers, counts, addresses, 0));
  EXPECT_EQ(UV_EINVAL, uv_udp_try_send2(&client.udp, 1, buffers, counts, addresses, 1));
  EXPECT_EQ(40, uv_udp_try_send2(&client.udp, kCount, buffers, counts, addresses, 0));
  while (server.received.size() < kCount)
    uv_run(&loop, UV_RUN_ONCE);
  // An error is told only if the first message fails.
  sockaddr nowhere = {};
  nowhere.sa_family = 99;
  addresses[3] = &nowhere;
  ASSERT_EQ(3, uv_udp_try_send2(&client.udp, kCount, buffers, counts, addresses, 0));
  EXPECT_EQ(UV_EINVAL, uv_udp_try_send2(&client.udp, 1, buffers, counts, addresses + 3, 0));
  while (server.received.size() < kCount + 3)
    uv_run(&loop, UV_RUN_ONCE);
  Request queued;
  ASSERT_EQ(0, queued.start(client, "x", &server));
  EXPECT_EQ(UV_EAGAIN, uv_udp_try_send2(&client.udp, 1, buffers, counts, addresses, 0));
  turn();
}

TEST_F(UdpTest, TakesAnOpenSocket) {
  int first = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  Socket a(loop);
  ASSERT_EQ(0, uv_udp_open(&a.udp, first));
  EXPECT_EQ(UV_EBUSY, uv_udp_open(&a.udp, first));
  ASSERT_EQ(0, a.start());
  Socket b(loop);
  EXPECT_EQ(UV_EEXIST, uv_udp_open(&b.udp, first));
  uv_os_fd_t descriptor;
  EXPECT_EQ(0, uv_fileno(a.handle(), &descriptor));
  EXPECT_EQ(first, conformance::number_of(descriptor));
}

TEST_F(UdpTest, WorksOverIPv6) {
  sockaddr_in6 address;
  ASSERT_EQ(0, uv_ip6_addr("::1", 0, &address));
  Socket server(loop), client(loop);
  int error = uv_udp_bind(&server.udp, reinterpret_cast<sockaddr*>(&address), UV_UDP_IPV6ONLY);
  if (error == UV_EADDRNOTAVAIL || error == UV_EAFNOSUPPORT) GTEST_SKIP() << "no IPv6 here";
  ASSERT_EQ(0, error);
  ASSERT_EQ(0, server.start());
  int size = sizeof(address);
  ASSERT_EQ(0, uv_udp_getsockname(&server.udp, reinterpret_cast<sockaddr*>(&address), &size));
  uv_buf_t buffer = buffer_of("six");
  EXPECT_EQ(3, uv_udp_try_send(&client.udp, &buffer, 1, reinterpret_cast<sockaddr*>(&address)));
  while (server.received.empty())
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(Texts({"six"}), server.texts());
  EXPECT_EQ(0, uv_udp_set_ttl(&server.udp, 3));
  EXPECT_EQ(0, uv_udp_set_multicast_ttl(&server.udp, 3));
  EXPECT_EQ(0, uv_udp_set_multicast_loop(&server.udp, 0));
}

}  // namespace
