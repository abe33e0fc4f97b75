// What wakes a loop when the ring has no room for the request that tells of it.
#include "uring/wake_event.h"

#include <gtest/gtest.h>

#include "uring/key.h"
#include "uring/ring.h"
#include "uring/support.h"

namespace violet {
namespace {

constexpr std::uint64_t kPatienceNs = 10'000'000'000;

class UringWakeEvent : public testing::Test {
 protected:
  void SetUp() override {
    const UringSupport& support = uring_support();
    if (support.error != 0) GTEST_SKIP() << support.refusal;
    // The kernel takes nothing of a ring that is not enabled.
    ASSERT_EQ(0, ring_.open(2, 0, false));
    ASSERT_EQ(0, event_.open());
  }
  void TearDown() override {
    ring_.close();
    event_.close();
  }

  void fill_queue() {
    while (io_uring_sqe* entry = ring_.next_entry())
      io_uring_prep_nop(entry);
  }
  // How often the ring told of the event, in a wait that ends with the first completion.
  int told(std::uint64_t timeout_ns) {
    int count = 0;
    ring_.enter(timeout_ns, nullptr);
    ring_.reap([&](std::uint64_t data, std::int32_t, std::uint32_t flags) {
      if (Key::unpack(data).kind != Completion::kWake) return;
      ++count;
      event_.complete(ring_, flags);
    });
    return count;
  }

  Ring ring_;
  WakeEvent event_;
};

TEST_F(UringWakeEvent, IsWatchedWhenThereIsRoomAgain) {
  fill_queue();
  event_.watch(ring_);
  event_.wake();
  ASSERT_EQ(0, ring_.enable());
  EXPECT_EQ(0, told(0));
  event_.watch(ring_);
  EXPECT_EQ(1, told(kPatienceNs));
}

TEST_F(UringWakeEvent, IsWatchedAnewWhenTheRequestHasEndedWithoutRoom) {
  event_.watch(ring_);
  fill_queue();
  event_.complete(ring_, 0);
  ASSERT_EQ(0, ring_.enable());
  EXPECT_EQ(0, told(0));
  event_.watch(ring_);
  event_.wake();
  EXPECT_GE(told(kPatienceNs), 1);
}

TEST_F(UringWakeEvent, IsWatchedOnce) {
  ASSERT_EQ(0, ring_.enable());
  event_.watch(ring_);
  event_.watch(ring_);
  event_.wake();
  EXPECT_EQ(1, told(kPatienceNs));
}

}  // namespace
}  // namespace violet
