// Values of options that POSIX systems refuse, and Windows does not look at.
#include <climits>

#include "udp_support.h"

namespace {

using conformance::Socket;
using conformance::UdpTest;

TEST_F(UdpTest, MulticastLoopTakesFewValues) {
  Socket v4(loop), v6(loop);
  ASSERT_EQ(0, v4.bind());
  for (int value : {0, 1, 2, 255})
    EXPECT_EQ(0, uv_udp_set_multicast_loop(&v4.udp, value)) << value;
  for (int value : {INT_MIN, -1, 256, 65536, INT_MAX})
    EXPECT_EQ(UV_EINVAL, uv_udp_set_multicast_loop(&v4.udp, value)) << value;
  const sockaddr_in6 address = conformance::loopback6();
  if (uv_udp_bind(&v6.udp, reinterpret_cast<const sockaddr*>(&address), 0) != 0) return;
  for (int value : {0, 1})
    EXPECT_EQ(0, uv_udp_set_multicast_loop(&v6.udp, value)) << value;
  for (int value : {-1, 2, 255, 256, 257, 65537})
    EXPECT_EQ(UV_EINVAL, uv_udp_set_multicast_loop(&v6.udp, value)) << value;
}

}  // namespace
