// What is asked of UDP sockets besides their messages: hops, broadcast and multicast groups.
#include <netinet/in.h>

#include "platform.h"
#include "socket_flags.h"
#include "udp_support.h"

namespace {

using conformance::buffer_of;
using conformance::Socket;
using conformance::Texts;
using conformance::UdpTest;

TEST_F(UdpTest, WithoutASocketOptionsFail) {
  Socket socket(loop);
  sockaddr_in name;
  int size = sizeof(name);
  EXPECT_EQ(UV_EBADF, uv_udp_getsockname(&socket.udp, reinterpret_cast<sockaddr*>(&name), &size));
  EXPECT_EQ(UV_EBADF, uv_udp_getpeername(&socket.udp, reinterpret_cast<sockaddr*>(&name), &size));
  EXPECT_EQ(UV_EBADF, uv_udp_set_broadcast(&socket.udp, 1));
  EXPECT_EQ(UV_EBADF, uv_udp_set_ttl(&socket.udp, 1));
  EXPECT_EQ(UV_EBADF, uv_udp_set_multicast_ttl(&socket.udp, 1));
  EXPECT_EQ(UV_EBADF, uv_udp_set_multicast_loop(&socket.udp, 1));
  EXPECT_EQ(UV_EBADF, uv_udp_set_multicast_interface(&socket.udp, nullptr));
  EXPECT_EQ(0, uv_udp_recv_stop(&socket.udp));
}

TEST_F(UdpTest, ChecksTheNumberOfHops) {
  Socket socket(loop);
  ASSERT_EQ(0, socket.bind());
  for (int ttl : {0, -1, 256})
    EXPECT_EQ(UV_EINVAL, uv_udp_set_ttl(&socket.udp, ttl)) << ttl;
  EXPECT_EQ(0, uv_udp_set_ttl(&socket.udp, 255));
  EXPECT_EQ(UV_EINVAL, uv_udp_set_multicast_ttl(&socket.udp, 256));
  EXPECT_EQ(0, uv_udp_set_multicast_ttl(&socket.udp, 1));
  EXPECT_EQ(0, uv_udp_set_multicast_loop(&socket.udp, 1));
  EXPECT_EQ(0, uv_udp_set_broadcast(&socket.udp, 1));
}

TEST_F(UdpTest, JoinsAndLeavesGroups) {
  Socket socket(loop);
  ASSERT_EQ(0, socket.bind("0.0.0.0"));
  uv_udp_t* udp = &socket.udp;
  EXPECT_EQ(UV_EINVAL, uv_udp_set_membership(udp, "nonsense", nullptr, UV_JOIN_GROUP));
  EXPECT_EQ(UV_EINVAL, uv_udp_set_membership(udp, "239.255.0.1", "nonsense", UV_JOIN_GROUP));
  EXPECT_EQ(0, uv_udp_set_membership(udp, "239.255.0.1", "127.0.0.1", UV_JOIN_GROUP));
  EXPECT_EQ(UV_EADDRINUSE, uv_udp_set_membership(udp, "239.255.0.1", "127.0.0.1", UV_JOIN_GROUP));
  EXPECT_EQ(0, uv_udp_set_membership(udp, "239.255.0.1", "127.0.0.1", UV_LEAVE_GROUP));
  const int joined =
      uv_udp_set_source_membership(udp, "239.255.0.2", "127.0.0.1", "127.0.0.1", UV_JOIN_GROUP);
  // NetBSD and OpenBSD know no sources.
  EXPECT_TRUE(joined == 0 || (!conformance::kIsLinux && joined == UV_ENOSYS)) << joined;
  EXPECT_EQ(joined, uv_udp_set_source_membership(udp, "239.255.0.2", "127.0.0.1", "127.0.0.1",
                                                 UV_LEAVE_GROUP));
  EXPECT_EQ(UV_EINVAL, uv_udp_set_source_membership(udp, "239.255.0.2", "127.0.0.1", "nonsense",
                                                    UV_JOIN_GROUP));
  EXPECT_EQ(0, uv_udp_set_multicast_interface(udp, "127.0.0.1"));
  EXPECT_EQ(0, uv_udp_set_multicast_interface(udp, nullptr));
  EXPECT_EQ(UV_EINVAL, uv_udp_set_multicast_interface(udp, "nonsense"));
}

TEST_F(UdpTest, LeavesNoGroupThatItHasNotJoined) {
  Socket socket(loop);
  ASSERT_EQ(0, socket.bind("0.0.0.0"));
  EXPECT_EQ(UV_EADDRNOTAVAIL,
            uv_udp_set_membership(&socket.udp, "239.255.0.1", "127.0.0.1", UV_LEAVE_GROUP));
}

TEST_F(UdpTest, ReceivesFromAGroup) {
  Socket member(loop), sender(loop);
  ASSERT_EQ(0, member.bind("0.0.0.0"));
  ASSERT_EQ(0, uv_udp_set_membership(&member.udp, "239.255.0.7", "127.0.0.1", UV_JOIN_GROUP));
  ASSERT_EQ(0, member.start());
  ASSERT_EQ(0, sender.bind());
  ASSERT_EQ(0, uv_udp_set_multicast_interface(&sender.udp, "127.0.0.1"));
  sockaddr_in group;
  ASSERT_EQ(0, uv_ip4_addr("239.255.0.7", ntohs(member.name().sin_port), &group));
  uv_buf_t buffer = buffer_of("to all");
  int sent = uv_udp_try_send(&sender.udp, &buffer, 1, reinterpret_cast<sockaddr*>(&group));
  const bool is_unreachable =
      sent == UV_ENETUNREACH || sent == UV_EHOSTUNREACH || sent == UV_EADDRNOTAVAIL;
  if (is_unreachable || sent == UV_EPERM) GTEST_SKIP() << "no multicast on loopback here";
  ASSERT_EQ(6, sent);
  while (member.received.empty())
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(Texts({"to all"}), member.texts());
}

}  // namespace
