// Sockets that have no room for a message.
#include <sys/socket.h>
#include <unistd.h>

#include "system.h"
#include "udp_support.h"

namespace {

using conformance::Request;
using conformance::Socket;
using conformance::UdpTest;

// The two ends of a local socket; nothing fits into the first one.
class UdpFull : public UdpTest {
 protected:
  void SetUp() override {
    UdpTest::SetUp();
    ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends_));
    while (::send(ends_[0], "x", 1, MSG_DONTWAIT) == 1)
      continue;
    // The latter is the BSDs' word.
    ASSERT_TRUE(errno == EAGAIN || errno == ENOBUFS) << errno;
  }
  void TearDown() override {
    ::close(ends_[1]);
    UdpTest::TearDown();
  }
  void make_room() {
    char message[8];
    while (::recv(ends_[1], message, sizeof(message), MSG_DONTWAIT) > 0)
      continue;
  }
  void run_until_sent(const Request& request) {
    while (request.calls == 0)
      uv_run(&loop, UV_RUN_ONCE);
  }

  int ends_[2];
};

TEST_F(UdpFull, AMessageWaitsForRoom) {
  Socket socket(loop);
  ASSERT_EQ(0, uv_udp_open(&socket.udp, ends_[0]));
  Request request;
  ASSERT_EQ(0, request.start(socket, "late", nullptr));
  turn();
  EXPECT_EQ(0, request.calls);
  make_room();
  run_until_sent(request);
  EXPECT_EQ(0, request.status);
}

// Another handle watches the same descriptor, so that nobody would tell this one of room.
TEST_F(UdpFull, AMessageThatCannotWaitFails) {
  REQUIRE_FUNCTION(violet_loop_init);  // libuv has one watcher for each descriptor, the last one.
  Socket receiver(loop), sender(loop);
  ASSERT_EQ(0, uv_udp_open(&receiver.udp, ends_[0]));
  ASSERT_EQ(0, uv_udp_open(&sender.udp, ends_[0]));
  ASSERT_EQ(0, receiver.start());
  Request first, second;
  ASSERT_EQ(0, first.start(sender, "lost", nullptr));
  ASSERT_EQ(0, second.start(sender, "lost too", nullptr));
  run_until_sent(second);
  EXPECT_EQ(UV_EEXIST, first.status);
  EXPECT_EQ(UV_EEXIST, second.status);
  EXPECT_EQ(0u, uv_udp_get_send_queue_count(&sender.udp));
  EXPECT_FALSE(sender.active());

  make_room();
  Request third;
  ASSERT_EQ(0, third.start(sender, "goes", nullptr));
  run_until_sent(third);
  EXPECT_EQ(0, third.status);
  // Each of them closes the descriptor.
  receiver.close();
  ASSERT_EQ(ends_[0], dup2(ends_[1], ends_[0]));
}

}  // namespace
