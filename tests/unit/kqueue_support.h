// An engine on the system's kqueue, without a loop.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

#include "kqueue/engine_class.h"

namespace violet {

inline constexpr std::uint64_t kPatienceNs = 10'000'000'000;

class KqueueEngineTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* refusal = nullptr;
    ASSERT_EQ(0, kKqueueFactory.create(engine_, refusal)) << refusal;
    ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, sockets_));
    for (int socket : sockets_)
      ASSERT_EQ(0, fcntl(socket, F_SETFL, O_NONBLOCK));
    prepare(channel_, sockets_[0], Nature::kSocket);
  }
  void TearDown() override {
    if (engine_ != nullptr) {
      engine_->forget(channel_);
      engine_->destroy();
    }
    for (int socket : sockets_) {
      if (socket >= 0) close(socket);
    }
  }

  static void prepare(Channel& channel, int descriptor, Nature nature) {
    prepare_channel(channel, Descriptor::if_open(descriptor), nullptr, nature, Sharing::kOwn);
  }
  void close_socket(int which) {
    close(sockets_[which]);
    sockets_[which] = -1;
  }
  // Whether the wait tells of the channel, and of nothing else.
  bool is_told(Channel& channel, std::uint64_t timeout_ns = kPatienceNs) {
    ReadyList ready;
    engine_->wait(timeout_ns, ready);
    ReadyItem* item = ready.pop_front();
    EXPECT_TRUE(item == nullptr || item == &channel.ready);
    EXPECT_TRUE(ready.empty());
    return item != nullptr;
  }
  // What a wait tells of the channel; nothing if it tells nothing.
  Events told(Channel& channel, std::uint64_t timeout_ns = kPatienceNs) {
    if (!is_told(channel, timeout_ns)) return kNoEvents;
    const Events events = channel.events;
    channel.events = kNoEvents;
    return events;
  }
  Engine* engine_ = nullptr;
  int sockets_[2] = {-1, -1};
  Channel channel_;
};

}  // namespace violet
