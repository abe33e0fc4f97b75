// Values of options, sockets that are none, and when a sending handle is active.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "udp_support.h"

namespace {

using conformance::Request;
using conformance::Socket;
using conformance::UdpTest;

TEST_F(UdpTest, BindsAndConnectsToInternetAddressesOnly) {
  Socket socket(loop);
  sockaddr address = {};
  address.sa_family = AF_UNIX;
  EXPECT_EQ(UV_EINVAL, uv_udp_bind(&socket.udp, &address, 0));
  EXPECT_EQ(UV_EINVAL, uv_udp_connect(&socket.udp, &address));
  uv_os_fd_t descriptor;
  EXPECT_EQ(UV_EBADF, uv_fileno(reinterpret_cast<uv_handle_t*>(&socket.udp), &descriptor));
}

TEST_F(UdpTest, MulticastLoopIsOnOrOff) {
  Socket v4(loop), v6(loop);
  ASSERT_EQ(0, v4.bind());
  const sockaddr_in6 address = conformance::loopback6();
  const bool has_v6 = uv_udp_bind(&v6.udp, reinterpret_cast<const sockaddr*>(&address), 0) == 0;
  for (int value : {0, 1}) {
    EXPECT_EQ(0, uv_udp_set_multicast_loop(&v4.udp, value));
    if (has_v6) {
      EXPECT_EQ(0, uv_udp_set_multicast_loop(&v6.udp, value));
    }
  }
}

TEST_F(UdpTest, AnInterfaceIsReadBeforeASocketIsLookedFor) {
  Socket unopened(loop);
  EXPECT_EQ(UV_EINVAL, uv_udp_set_multicast_interface(&unopened.udp, "no address"));
  EXPECT_EQ(UV_EBADF, uv_udp_set_multicast_interface(&unopened.udp, "127.0.0.1"));
  EXPECT_EQ(UV_EBADF, uv_udp_set_multicast_interface(&unopened.udp, nullptr));
}

TEST_F(UdpTest, OpensSocketsOnly) {
  uv_file ends[2];
  ASSERT_EQ(0, uv_pipe(ends, 0, 0));
  Socket socket(loop);
  EXPECT_EQ(UV_ENOTSOCK, uv_udp_open(&socket.udp, ends[0]));
  uv_os_fd_t descriptor;
  EXPECT_EQ(UV_EBADF, uv_fileno(socket.handle(), &descriptor)) << "it may still get one";
  EXPECT_EQ(0, socket.bind());
  ::close(ends[0]);
  ::close(ends[1]);
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
