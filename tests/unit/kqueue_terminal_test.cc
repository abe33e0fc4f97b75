// A terminal on the kqueue engine, also one that kqueue refuses (on the emulation; elsewhere the
// system decides).
#include <stdlib.h>

#include "forked_engine.h"
#include "kqueue_support.h"

namespace violet {
namespace {

class KqueueTerminal : public KqueueEngineTest {
 protected:
  void SetUp() override {
    setenv("KQUEUE_ON_LINUX_WITHOUT", "terminals", 1);
    KqueueEngineTest::SetUp();
    master_ = posix_openpt(O_RDWR | O_NOCTTY);
    ASSERT_GE(master_, 0);
    ASSERT_EQ(0, grantpt(master_));
    ASSERT_EQ(0, unlockpt(master_));
    terminal_ = open(ptsname(master_), O_RDWR | O_NOCTTY | O_NONBLOCK);
    ASSERT_GE(terminal_, 0);
    prepare(watched_, terminal_, Nature::kTerminal);
  }
  void TearDown() override {
    if (engine_ != nullptr) engine_->forget(watched_);
    close(terminal_);
    if (master_ >= 0) close(master_);
    KqueueEngineTest::TearDown();
    unsetenv("KQUEUE_ON_LINUX_WITHOUT");
  }
  void type(const char* line) { ASSERT_GT(write(master_, line, strlen(line)), 0); }
  // Waits may be woken without anything to tell.
  Events eventually_told() {
    for (int wait = 0; wait < 10; ++wait) {
      const Events events = told(watched_, 200'000'000);
      if (events != kNoEvents) return events;
    }
    return kNoEvents;
  }

  int master_ = -1;
  int terminal_ = -1;
  Channel watched_;
};

TEST_F(KqueueTerminal, CanBePolled) {
  EXPECT_EQ(0, engine_->check_pollable(watched_.descriptor));
}

TEST_F(KqueueTerminal, IsToldAsLongAsThereIsSomething) {
  ASSERT_EQ(0, engine_->watch(watched_, kReadable));
  EXPECT_EQ(kNoEvents, told(watched_, 20'000'000));
  EXPECT_EQ(kNoEvents, told(watched_, 20'000'000));
  type("line\n");
  EXPECT_EQ(kReadable, eventually_told() & kReadable);
  EXPECT_EQ(kReadable, eventually_told() & kReadable) << "not read yet";
  char bytes[64];
  ASSERT_EQ(5, read(terminal_, bytes, sizeof(bytes)));
  // It may have been seen readable just before.
  told(watched_, 20'000'000);
  EXPECT_EQ(kNoEvents, told(watched_, 20'000'000));
  type("next\n");
  EXPECT_EQ(kReadable, eventually_told() & kReadable);
}

TEST_F(KqueueTerminal, IsWritable) {
  ASSERT_EQ(0, engine_->watch(watched_, kReadable | kWritable));
  EXPECT_EQ(kWritable, eventually_told());
  ASSERT_EQ(0, engine_->watch(watched_, kReadable));
  told(watched_, 0);
  EXPECT_EQ(kNoEvents, told(watched_, 20'000'000));
}

TEST_F(KqueueTerminal, IsNotUsedOnceForgotten) {
  for (int round = 0; round < 50; ++round) {
    ASSERT_EQ(0, engine_->watch(watched_, kReadable));
    told(watched_, 0);
    engine_->forget(watched_);
  }
  type("line\n");
  EXPECT_EQ(kNoEvents, told(watched_, 20'000'000));
}

TEST_F(KqueueTerminal, HangsUp) {
  ASSERT_EQ(0, engine_->watch(watched_, kReadable));
  told(watched_, 0);
  close(master_);
  master_ = -1;
  EXPECT_EQ(kReadable, eventually_told() & kReadable) << "reading tells the end";
}

TEST_F(KqueueTerminal, IsWatchedInAForkedChild) {
  ASSERT_EQ(0, engine_->watch(watched_, kReadable));
  EXPECT_EQ(kNoEvents, told(watched_, 0));
  EXPECT_TRUE(holds_in_child(*engine_, [this] {
    if (told(watched_, 20'000'000) != kNoEvents) return false;
    if (write(master_, "line\n", 5) != 5) return false;
    return (eventually_told() & kReadable) != 0;
  }));
  EXPECT_EQ(kReadable, eventually_told() & kReadable) << "the parent's goes on";
}

}  // namespace
}  // namespace violet
