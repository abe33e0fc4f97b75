// Channels that rest on a receive: whose bytes come to whom.
#include <string>

#include "uring_support.h"

namespace violet {
namespace {

class UringReceive : public UringEngineTest {
 protected:
  void SetUp() override {
    UringEngineTest::SetUp();
    if (IsSkipped()) return;
    if (!receive_support().streams) GTEST_SKIP() << "the kernel has no multishot receive";
    open_pair(others_);
    prepare(first_, sockets_[0]);
    prepare(second_, sockets_[0]);
    prepare(other_, others_[0]);
  }
  void TearDown() override {
    if (engine_ != nullptr) {
      for (Channel* channel : {&first_, &second_, &other_})
        engine_->forget(*channel);
    }
    UringEngineTest::TearDown();
    close_pair(others_);
  }

  void send(const std::string& text) {
    ASSERT_EQ(static_cast<ssize_t>(text.size()), ::write(sockets_[1], text.data(), text.size()));
  }
  // Once, without waiting for anything to happen.
  void turn() {
    ReadyList ready;
    engine_->wait(0, ready);
    while (ready.pop_front() != nullptr) {
    }
  }
  // The kernel's receives go as far as they can; nothing is reaped.
  void have_kernel_receive() { engine_->forget(other_); }
  std::string take(Channel& channel) {
    char bytes[64];
    const std::int64_t count = engine_->take(channel, bytes, sizeof(bytes));
    return count < 0 ? std::string() : std::string(bytes, static_cast<std::size_t>(count));
  }
  std::string await(Channel& channel) {
    for (bool is_over = false; !is_over;) {
      ReadyList ready;
      is_over = engine_->wait(kPatienceNs, ready).events == 0 && ready.empty();
      while (ready.pop_front() != nullptr) {
      }
      if (std::string text = take(channel); !text.empty()) return text;
    }
    return "nothing came";
  }

  int others_[2] = {-1, -1};
  Channel first_ = {};
  Channel second_ = {};
  Channel other_ = {};
};

TEST_F(UringReceive, WhoOnlyWaitsForBytesHasNoRecord) {
  ASSERT_EQ(0, engine_->watch(first_, kReceive));
  turn();
  EXPECT_GE(0, first_.record);
  send("bytes");
  turn();
  EXPECT_LT(0, first_.record) << "what came is kept there";
  EXPECT_EQ("bytes", take(first_));
  EXPECT_GE(0, first_.record);
  send("more");
  EXPECT_EQ("more", await(first_)) << "it receives on";
}

TEST_F(UringReceive, WhoHasStoppedHasNoRecord) {
  ASSERT_EQ(0, engine_->watch(first_, kReceive));
  turn();
  ASSERT_EQ(0, engine_->watch(first_, kNoEvents));
  EXPECT_EQ(0, engine_->check_unused(first_.descriptor));
  turn();
  turn();
  EXPECT_GE(0, first_.record);
  send("bytes");
  turn();
  char byte;
  EXPECT_EQ(1, recv(sockets_[0], &byte, 1, MSG_PEEK)) << "nobody has received it";
}

TEST_F(UringReceive, WhatCameToWhoHasStoppedIsKeptThoughAnotherReads) {
  ASSERT_EQ(0, engine_->watch(other_, kReceive));
  ASSERT_EQ(0, engine_->watch(first_, kReceive));
  turn();
  send("for the first");
  have_kernel_receive();
  ASSERT_EQ(0, engine_->watch(first_, kNoEvents));
  ASSERT_EQ(0, engine_->watch(second_, kReceive));
  EXPECT_EQ(UV_EEXIST, engine_->watch(first_, kReceive));
  turn();
  turn();
  EXPECT_EQ("", take(second_));
  send("for the second");
  EXPECT_EQ("for the second", await(second_));
  ASSERT_EQ(0, engine_->watch(second_, kNoEvents));
  ASSERT_EQ(0, engine_->watch(first_, kReceive));
  EXPECT_EQ("for the first", await(first_));
  send("and again");
  EXPECT_EQ("and again", await(first_));
}

TEST_F(UringReceive, WhatCameToWhoWasForgottenReachesNobodyElse) {
  ASSERT_EQ(0, engine_->watch(other_, kReceive));
  ASSERT_EQ(0, engine_->watch(first_, kReceive));
  turn();
  send("for the first");
  have_kernel_receive();
  engine_->forget(first_);
  ASSERT_EQ(0, engine_->watch(second_, kReceive));
  // Its receive is in the kernel before the completion of the former one is looked at.
  engine_->flush();
  turn();
  EXPECT_EQ("", take(second_));
  send("for the second");
  EXPECT_EQ("for the second", await(second_));
}

TEST_F(UringReceive, TheForgottenHoldTheirSocketNoLonger) {
  ASSERT_EQ(0, engine_->watch(first_, kReceive));
  turn();
  engine_->forget(first_);
  ::close(sockets_[0]);
  sockets_[0] = dup(sockets_[1]);
  char byte;
  EXPECT_EQ(0, recv(sockets_[1], &byte, 1, 0)) << "the other side sees the end";
}

}  // namespace
}  // namespace violet
