// An engine on the kernel's io_uring, without a loop.
#pragma once

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "uring/engine_class.h"

namespace violet {

// Long enough for whatever comes at all.
inline constexpr std::uint64_t kPatienceNs = 10'000'000'000;

class UringEngineTest : public testing::Test {
 protected:
  // Skipped where the kernel has no io_uring; who overrides this asks IsSkipped().
  void SetUp() override {
    const char* refusal = nullptr;
    if (kUringFactory.create(engine_, refusal) != 0) GTEST_SKIP() << refusal;
    open_pair(sockets_);
  }
  // Whoever has channels forgets them first.
  void TearDown() override {
    if (engine_ != nullptr) engine_->destroy();
    close_pair(sockets_);
  }

  static void open_pair(int (&sockets)[2]) {
    ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, sockets));
  }
  static void close_pair(const int (&sockets)[2]) {
    for (int socket : sockets) {
      if (socket >= 0) ::close(socket);
    }
  }
  static void prepare(Channel& channel, int socket) {
    prepare_channel(channel, Descriptor::of(socket), nullptr, Nature::kSocket, Sharing::kOwn);
  }

  Engine* engine_ = nullptr;
  int sockets_[2] = {-1, -1};
};

}  // namespace violet
