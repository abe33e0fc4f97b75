// Values of options, sockets that are none, and when a sending handle is active.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <climits>

#include "udp_support.h"

namespace {

using conformance::Request;
using conformance::Socket;
using conformance::UdpTest;

sockaddr_in6 loopback6() {
  sockaddr_in6 address = {};
  EXPECT_EQ(0, uv_ip6_addr("::1", 0, &address));
  return address;
}

TEST_F(UdpTest, BindsAndConnectsToInternetAddressesOnly) {
  Socket socket(loop);
  sockaddr address = {};
  address.sa_family = AF_UNIX;
  EXPECT_EQ(UV_EINVAL, uv_udp_bind(&socket.udp, &address, 0));
  EXPECT_EQ(UV_EINVAL, uv_udp_connect(&socket.udp, &address));
  uv_os_fd_t descriptor;
  EXPECT_EQ(UV_EBADF, uv_fileno(reinterpret_cast<uv_handle_t*>(&socket.udp), &descriptor));
}

TEST_F(UdpTest, MulticastLoopTakesFewValues) {
  Socket v4(loop), v6(loop);
  ASSERT_EQ(0, v4.bind());
  for (int value : {0, 1, 2, 255})
    EXPECT_EQ(0, uv_udp_set_multicast_loop(&v4.udp, value)) << value;
  for (int value : {INT_MIN, -1, 256, 65536, INT_MAX})
    EXPECT_EQ(UV_EINVAL, uv_udp_set_multicast_loop(&v4.udp, value)) << value;
  const sockaddr_in6 address = loopback6();
  if (uv_udp_bind(&v6.udp, reinterpret_cast<const sockaddr*>(&address), 0) != 0) return;
  for (int value : {0, 1})
    EXPECT_EQ(0, uv_udp_set_multicast_loop(&v6.udp, value)) << value;
  for (int value : {-1, 2, 255, 256, 257, 65537})
    EXPECT_EQ(UV_EINVAL, uv_udp_set_multicast_loop(&v6.udp, value)) << value;
}

TEST_F(UdpTest, AnInterfaceIsReadBeforeASocketIsLookedFor) {
  Socket unopened(loop);
  EXPECT_EQ(UV_EINVAL, uv_udp_set_multicast_interface(&unopened.udp, "no address"));
  EXPECT_EQ(UV_EBADF, uv_udp_set_multicast_interface(&unopened.udp, "127.0.0.1"));
  EXPECT_EQ(UV_EBADF, uv_udp_set_multicast_interface(&unopened.udp, nullptr));
}

TEST_F(UdpTest, OpensSocketsOnly) {
  int ends[2];
  ASSERT_EQ(0, pipe(ends));
  Socket socket(loop);
  EXPECT_EQ(UV_ENOTSOCK, uv_udp_open(&socket.udp, ends[0]));
  uv_os_fd_t descriptor;
  EXPECT_EQ(UV_EBADF, uv_fileno(socket.handle(), &descriptor)) << "it may still get one";
  EXPECT_EQ(0, socket.bind());
  close(ends[0]);
  close(ends[1]);
}

TEST_F(UdpTest, IsActiveUntilItsLastSendCallbackHasReturned) {
  Socket server(loop), client(loop);
  ASSERT_EQ(0, server.bind());
  sockaddr_in name = server.name();
  struct Sent {
    uv_udp_send_t request;
    std::vector<bool>* active;
  };
  std::vector<bool> active;
  Sent sent[3];
  uv_buf_t buffer = conformance::buffer_of("x");
  for (Sent& one : sent) {
    one.active = &active;
    one.request.data = &one;
    ASSERT_EQ(0, uv_udp_send(
                     &one.request, &client.udp, &buffer, 1, reinterpret_cast<sockaddr*>(&name),
                     [](uv_udp_send_t* over, int) {
                       auto* handle = reinterpret_cast<uv_handle_t*>(over->handle);
                       static_cast<Sent*>(over->data)->active->push_back(uv_is_active(handle) != 0);
                     }));
  }
  while (active.size() < 3)
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(std::vector<bool>({true, true, true}), active);
  EXPECT_FALSE(client.active());
}

}  // namespace
