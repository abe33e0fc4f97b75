// Sockets that have no room for a message: a pair of local ones is the kind of datagram socket that
// can be full.
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <memory>

#include "platform.h"
#include "system.h"
#include "udp_support.h"

namespace {

using conformance::Request;
using conformance::Socket;
using conformance::Texts;
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
  int turns_in_milliseconds(std::uint64_t delay) {
    uv_timer_t timer;
    uv_timer_init(&loop, &timer);
    uv_timer_start(
        &timer, [](uv_timer_t*) {}, delay, 0);
    int turns = 0;
    for (; uv_is_active(reinterpret_cast<uv_handle_t*>(&timer)) != 0; ++turns)
      uv_run(&loop, UV_RUN_ONCE);
    uv_close(reinterpret_cast<uv_handle_t*>(&timer), nullptr);
    turn();
    return turns;
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

// Whether the system tells of room or not (that of the BSDs calls such a socket writable all the
// time), waiting for it is no reason to go round and round.
TEST_F(UdpFull, WaitingForRoomLetsTheLoopSleep) {
  Socket socket(loop);
  ASSERT_EQ(0, uv_udp_open(&socket.udp, ends_[0]));
  Request request;
  ASSERT_EQ(0, request.start(socket, "late", nullptr));
  const int turns = turns_in_milliseconds(50);
  EXPECT_EQ(0, request.calls);
  EXPECT_LT(turns, 1000);
  make_room();
  run_until_sent(request);
  EXPECT_EQ(0, request.status);
}

// Linux tells a socket without a peer nothing of its receivers.
TEST_F(UdpFull, SoDoesWaitingForAReceiverThatIsNoPeer) {
  if (!conformance::is_at_least(1, 50)) GTEST_SKIP() << "libuv 1.44 never sleeps then";
  const int receiver = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  const std::string path = conformance::bind_to_new_path(receiver);
  ASSERT_FALSE(path.empty());
  sockaddr_un name = {};
  name.sun_family = AF_UNIX;
  path.copy(name.sun_path, sizeof(name.sun_path) - 1);
  const auto* address = reinterpret_cast<const sockaddr*>(&name);
  Socket socket(loop);
  ASSERT_EQ(0, uv_udp_open(&socket.udp, ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)));
  uv_buf_t buffer = conformance::buffer_of("x");
  while (uv_udp_try_send(&socket.udp, &buffer, 1, address) == 1)
    continue;
  Request requests[2];
  for (Request& request : requests)
    ASSERT_EQ(0, request.start_to(socket, "late", address));
  const int turns = turns_in_milliseconds(50);
  EXPECT_EQ(0, requests[0].calls);
  EXPECT_LT(turns, 1000);
  char message[8];
  while (::recv(receiver, message, sizeof(message), MSG_DONTWAIT) > 0)
    continue;
  for (Request& request : requests)
    run_until_sent(request);
  EXPECT_EQ(0, requests[1].status);
  unlink(path.c_str());
  ::close(receiver);
}

TEST_F(UdpFull, ClosingEndsThePauseBetweenTwoTries) {
  Request request;
  {
    Socket socket(loop);
    ASSERT_EQ(0, uv_udp_open(&socket.udp, ends_[0]));
    ASSERT_EQ(0, request.start(socket, "never", nullptr));
    turns_in_milliseconds(10);
  }
  EXPECT_EQ(1, request.calls);
  EXPECT_EQ(UV_ECANCELED, request.status);
}

// Many messages at once, of which some find no room.
class FullSocket : public UdpTest {
 protected:
  static constexpr unsigned kMessages = 2000;

  void SetUp() override {
    UdpTest::SetUp();
    sender_ = std::make_unique<Socket>(loop);
    ASSERT_EQ(0, test_support::open_nonblocking_sockets(SOCK_DGRAM, ends_));
    ASSERT_EQ(0, uv_udp_open(&sender_->udp, ends_[0]));
    for (unsigned i = 0; i < kMessages; ++i) {
      texts_.push_back(std::to_string(i));
      requests_[i].order = &order_;
      ASSERT_EQ(0, requests_[i].start(*sender_, texts_[i], nullptr));
    }
    turn();
    turn();
    ASSERT_GT(uv_udp_get_send_queue_count(&sender_->udp), 0u) << "the socket is full";
    ASSERT_LT(uv_udp_get_send_queue_count(&sender_->udp), kMessages);
  }
  void TearDown() override {
    sender_.reset();
    close(ends_[1]);
    UdpTest::TearDown();
  }

  int ends_[2] = {-1, -1};
  std::vector<Request> requests_ = std::vector<Request>(kMessages);
  std::vector<Request*> order_;
  Texts texts_;
  std::unique_ptr<Socket> sender_;
};

TEST_F(FullSocket, SendsTheRestWhenThereIsRoomInOrder) {
  std::size_t bytes = 0;
  for (const Request& request : requests_) {
    const std::size_t number = static_cast<std::size_t>(&request - requests_.data());
    if (request.calls == 0) bytes += texts_[number].size();
  }
  EXPECT_EQ(bytes, uv_udp_get_send_queue_size(&sender_->udp));
  EXPECT_EQ(UV_EAGAIN, sender_->try_send("x", nullptr)) << "messages are queued";
  Texts came;
  char text[16];
  while (order_.size() < kMessages || came.size() < kMessages) {
    pollfd readable = {ends_[1], POLLIN, 0};
    poll(&readable, 1, 0);
    for (ssize_t size; (size = recv(ends_[1], text, sizeof(text), MSG_DONTWAIT)) >= 0;)
      came.push_back(std::string(text, static_cast<std::size_t>(size)));
    turn();
  }
  EXPECT_EQ(texts_, came);
  for (unsigned i = 0; i < kMessages; ++i) {
    EXPECT_EQ(&requests_[i], order_[i]);
    EXPECT_EQ(0, requests_[i].status);
  }
  EXPECT_EQ(0u, uv_udp_get_send_queue_size(&sender_->udp));
  EXPECT_EQ(0u, uv_udp_get_send_queue_count(&sender_->udp));
}

TEST_F(FullSocket, ClosingCancelsTheRest) {
  sender_->close();
  turn();
  ASSERT_EQ(kMessages, order_.size());
  unsigned cancelled = 0;
  for (unsigned i = 0; i < kMessages; ++i) {
    EXPECT_EQ(1, requests_[i].calls);
    EXPECT_EQ(&requests_[i], order_[i]);
    if (requests_[i].status == UV_ECANCELED) ++cancelled;
    EXPECT_EQ(cancelled > 0 ? UV_ECANCELED : 0, requests_[i].status) << i;
  }
  EXPECT_GT(cancelled, 0u);
}

}  // namespace
