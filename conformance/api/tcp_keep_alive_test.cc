// TCP's keep-alive: when a silent peer is asked whether it is there.
#include <sys/socket.h>

#include "platform.h"
#include "tcp_support.h"

namespace conformance {
namespace {

int option(const uv_tcp_t& tcp, int level, int name) {
  uv_os_fd_t socket;
  EXPECT_EQ(0, uv_fileno(reinterpret_cast<const uv_handle_t*>(&tcp), &socket));
  int value = 0;
  socklen_t size = sizeof(value);
  EXPECT_EQ(0, getsockopt(socket, level, name, &value, &size));
  return value;
}

bool keeps_alive(const uv_tcp_t& tcp) {
  return option(tcp, SOL_SOCKET, SO_KEEPALIVE) != 0;
}

class KeepAlive : public Tcp {
 protected:
  // Closed with the loop.
  uv_tcp_t tcp_;
};

TEST_F(KeepAlive, TheSecondsReachTheSocket) {
  if (kKeepIdle == 0) GTEST_SKIP() << "they are the whole system's";
  connect();
  EXPECT_EQ(0, uv_tcp_keepalive(clients_[0].get(), 1, 30));
  EXPECT_EQ(30, option(*clients_[0], IPPROTO_TCP, kKeepIdle));
}

TEST_F(KeepAlive, TheSecondsAskedForEarlyReachTheSocket) {
  if (kKeepIdle == 0) GTEST_SKIP() << "they are the whole system's";
  if (!is_at_least(1, 50)) GTEST_SKIP() << "this library forgets the seconds";
  uv_tcp_init(&loop_, &tcp_);
  EXPECT_EQ(0, uv_tcp_keepalive(&tcp_, 1, 33));
  ASSERT_EQ(0, uv_tcp_bind(&tcp_, generic(loopback(0)), 0));
  EXPECT_EQ(33, option(tcp_, IPPROTO_TCP, kKeepIdle));
}

// Node.js asks for it so with every setKeepAlive(true), and does not look at the result.
TEST_F(KeepAlive, IsTurnedOnThoughNoSecondsAreAnError) {
  connect();
  EXPECT_EQ(UV_EINVAL, uv_tcp_keepalive(clients_[0].get(), 1, 0));
  EXPECT_TRUE(keeps_alive(*clients_[0]));
  EXPECT_EQ(0, uv_tcp_keepalive(clients_[0].get(), 0, 0));
  EXPECT_FALSE(keeps_alive(*clients_[0]));
}

TEST_F(KeepAlive, EachNumberIsChecked) {
  REQUIRE_FUNCTION(uv_tcp_keepalive_ex);
  ASSERT_EQ(0, uv_tcp_init_ex(&loop_, &tcp_, AF_INET));
  EXPECT_EQ(UV_EINVAL, uv_tcp_keepalive_ex(&tcp_, 1, 1, 0, 1));
  EXPECT_EQ(UV_EINVAL, uv_tcp_keepalive_ex(&tcp_, 1, 1, 1, 0));
  EXPECT_TRUE(keeps_alive(tcp_));
  EXPECT_EQ(0, uv_tcp_keepalive_ex(&tcp_, 1, 1, 2, 3));
}

// A number that no socket takes is looked at by nobody while there is none.
TEST_F(KeepAlive, ASocketIsMadeWhateverSecondsWereAskedForEarly) {
  for (unsigned int seconds : {0u, 40000u, 100000u}) {
    uv_tcp_t tcp;
    uv_tcp_init(&loop_, &tcp);
    EXPECT_EQ(0, uv_tcp_keepalive(&tcp, 1, seconds));
    EXPECT_EQ(0, uv_tcp_bind(&tcp, generic(loopback(0)), 0));
    EXPECT_TRUE(keeps_alive(tcp)) << seconds;
    close(tcp);
    run_until([] { return true; });
  }
}

TEST_F(KeepAlive, ConnectsWhereNoSecondsWereAskedForEarly) {
  listen();
  uv_tcp_init(&loop_, &tcp_);
  EXPECT_EQ(0, uv_tcp_keepalive(&tcp_, 1, 0));
  Connect request;
  ASSERT_EQ(0, uv_tcp_connect(request.prepared(), &tcp_, generic(address_), Connect::on_done));
  run_until([&] { return request.status == 0 && accepted_.size() == 1; });
  EXPECT_TRUE(keeps_alive(tcp_));
}

}  // namespace
}  // namespace conformance
