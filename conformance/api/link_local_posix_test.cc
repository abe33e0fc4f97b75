// Link-local addresses without a scope. A network namespace of its own has one on its loopback
// device; nothing leaves the machine.
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "loop_fixture.h"
#include "own_process.h"
#include "system.h"
#include "udp_support.h"

namespace conformance {
namespace {

// As <linux/ipv6.h> has it, which does not go together with the C library's headers.
struct InterfaceAddress {
  in6_addr address;
  std::uint32_t prefix_length;
  int interface_index;
  char rest[sizeof(ifreq)];  // Valgrind takes all of this ioctl's arguments for a struct ifreq.
};

// The system makes it usable a moment after it was added.
bool becomes_usable(int socket, const InterfaceAddress& address) {
  sockaddr_in6 name = {};
  name.sin6_family = AF_INET6;
  name.sin6_addr = address.address;
  name.sin6_scope_id = static_cast<std::uint32_t>(address.interface_index);
  const std::uint64_t begin = uv_hrtime();
  while (bind(socket, reinterpret_cast<sockaddr*>(&name), sizeof(name)) != 0) {
    if (errno != EADDRNOTAVAIL || uv_hrtime() - begin > 10'000'000'000) return false;
    sched_yield();
  }
  return true;
}

bool make_network() {
  if (!test_support::enter_own_network()) return false;
  const int control = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (control < 0) return false;
  ifreq loopback = {};
  std::strcpy(loopback.ifr_name, "lo");
  InterfaceAddress address = {{}, 64, static_cast<int>(if_nametoindex("lo")), {}};
  inet_pton(AF_INET6, "fe80::77", &address.address);
  loopback.ifr_flags = IFF_UP | IFF_RUNNING;
  const bool is_made = ioctl(control, SIOCSIFFLAGS, &loopback) == 0 &&
                       ioctl(control, SIOCSIFADDR, &address) == 0 &&
                       becomes_usable(control, address);
  close(control);
  return is_made;
}

sockaddr_in6 link_local(unsigned scope, in_port_t port = 0) {
  sockaddr_in6 address = {};
  EXPECT_EQ(0, uv_ip6_addr("fe80::77", 0, &address));
  address.sin6_scope_id = scope;
  address.sin6_port = port;
  return address;
}

const sockaddr* any(const sockaddr_in6& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

void check_tcp() {
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  uv_tcp_t server, client, accepted;
  uv_tcp_init(&loop, &server);
  uv_tcp_init(&loop, &client);
  uv_tcp_init(&loop, &accepted);
  sockaddr_in6 name = link_local(if_nametoindex("lo"));
  ASSERT_EQ(0, uv_tcp_bind(&server, any(name), 0));
  int size = sizeof(name);
  ASSERT_EQ(0, uv_tcp_getsockname(&server, reinterpret_cast<sockaddr*>(&name), &size));
  ASSERT_EQ(0, uv_listen(reinterpret_cast<uv_stream_t*>(&server), 1, [](uv_stream_t*, int) {}));
  uv_connect_t connect;
  int status = 1;
  connect.data = &status;
  const sockaddr_in6 unscoped = link_local(0, name.sin6_port);
  ASSERT_EQ(0, uv_tcp_connect(&connect, &client, any(unscoped), [](uv_connect_t* over, int result) {
              *static_cast<int*>(over->data) = result;
            }));
  EXPECT_EQ(0u, unscoped.sin6_scope_id) << "the caller's address is its own";
  while (status == 1)
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(0, status);
  size = sizeof(name);
  ASSERT_EQ(0, uv_tcp_getpeername(&client, reinterpret_cast<sockaddr*>(&name), &size));
  EXPECT_EQ(if_nametoindex("lo"), name.sin6_scope_id);
  close_all_handles(&loop);
  EXPECT_EQ(0, uv_loop_close(&loop));
}

void check_udp() {
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  {
    Socket server(loop), client(loop), tied(loop);
    sockaddr_in6 name = link_local(if_nametoindex("lo"));
    ASSERT_EQ(0, uv_udp_bind(&server.udp, any(name), 0));
    int size = sizeof(name);
    ASSERT_EQ(0, uv_udp_getsockname(&server.udp, reinterpret_cast<sockaddr*>(&name), &size));
    ASSERT_EQ(0, server.start());
    sockaddr_in6 unscoped = link_local(0, name.sin6_port);
    uv_buf_t buffer = buffer_of("x");
    uv_udp_send_t request;
    EXPECT_EQ(0, uv_udp_send(&request, &client.udp, &buffer, 1, any(unscoped),
                             [](uv_udp_send_t*, int status) { EXPECT_EQ(0, status); }));
    while (server.received.empty())
      uv_run(&loop, UV_RUN_ONCE);
    EXPECT_EQ(1, uv_udp_try_send(&client.udp, &buffer, 1, any(unscoped)));
    EXPECT_EQ(0, uv_udp_connect(&tied.udp, any(unscoped)));
    EXPECT_EQ(1, uv_udp_try_send(&tied.udp, &buffer, 1, nullptr));
    uv_buf_t* buffers[] = {&buffer, &buffer};
    unsigned counts[] = {1, 1};
    sockaddr* addresses[] = {reinterpret_cast<sockaddr*>(&unscoped),
                             reinterpret_cast<sockaddr*>(&unscoped)};
    EXPECT_EQ(2, uv_udp_try_send2(&client.udp, 2, buffers, counts, addresses, 0));
    while (server.received.size() < 5)
      uv_run(&loop, UV_RUN_ONCE);
  }
  EXPECT_EQ(0, uv_loop_close(&loop));
}

constexpr int kNoNetwork = 77;

// In a child process: a namespace cannot be left. 0 when all went well.
int in_network_of_its_own(void (*check)()) {
  return in_own_process([check] {
    if (!make_network()) return kNoNetwork;
    check();
    return testing::Test::HasFailure() ? 1 : 0;
  });
}

class LinkLocal : public testing::TestWithParam<void (*)()> {};

TEST_P(LinkLocal, TheFirstInterfaceThatHasSuchAnAddressIsTaken) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 leaves the scope to the program";
  const int result = in_network_of_its_own(GetParam());
  if (result == kNoNetwork) GTEST_SKIP() << "no network namespace may be made here";
  EXPECT_EQ(0, result);
}

INSTANTIATE_TEST_SUITE_P(Protocols, LinkLocal, testing::Values(check_tcp, check_udp),
                         [](const testing::TestParamInfo<void (*)()>& info) {
                           return info.param == check_tcp ? "Tcp" : "Udp";
                         });

}  // namespace
}  // namespace conformance
