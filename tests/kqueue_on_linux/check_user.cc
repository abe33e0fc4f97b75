// EVFILT_USER: FreeBSD and macOS; NetBSD since 10, OpenBSD since 7.8.
#include <signal.h>

#include <thread>

#include "check_support.h"

#ifdef EVFILT_USER

namespace check {
namespace {

class KqueueUser : public ::testing::Test {
 protected:
  void SetUp() override {
    if (queue_.change(1, EVFILT_USER, EV_ADD | EV_CLEAR) != 0) {
      GTEST_SKIP() << "this system has no EVFILT_USER";
    }
  }
  int trigger(unsigned int fflags = 0) {
    return queue_.change(1, EVFILT_USER, 0, NOTE_TRIGGER | fflags);
  }

  Queue queue_;
};

// FreeBSD, NOTE_TRIGGER: "Cause the event to be triggered."
TEST_F(KqueueUser, ReportsOnceForManyTriggers) {
  EXPECT_TRUE(queue_.now().empty());
  EXPECT_EQ(0, trigger());
  EXPECT_EQ(0, trigger());
  const auto events = queue_.now();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(1u, events[0].ident);
  EXPECT_TRUE(events[0].filter == EVFILT_USER);
  EXPECT_TRUE(queue_.now().empty());
  EXPECT_EQ(0, trigger());
  EXPECT_EQ(1u, queue_.now().size());
}

TEST_F(KqueueUser, WithoutClearItStaysTriggered) {
  EXPECT_EQ(0, queue_.change(2, EVFILT_USER, EV_ADD));
  EXPECT_EQ(0, queue_.change(2, EVFILT_USER, 0, NOTE_TRIGGER));
  EXPECT_EQ(1u, queue_.now().size());
  EXPECT_EQ(1u, queue_.now().size());
  EXPECT_EQ(0, queue_.change(2, EVFILT_USER, EV_DELETE));
  EXPECT_TRUE(queue_.now().empty());
}

// FreeBSD: "Establishes a user event [...] not associated with any kernel mechanism but is
// triggered by user level code": what was not added cannot be triggered.
TEST_F(KqueueUser, OnlyWhatWasAddedCanBeTriggered) {
  EXPECT_EQ(ENOENT, queue_.change(3, EVFILT_USER, 0, NOTE_TRIGGER));
  EXPECT_TRUE(queue_.now().empty());
}

// FreeBSD: NOTE_FFNOP ignores, NOTE_FFAND, NOTE_FFOR combine, NOTE_FFCOPY copies the input fflags;
// the lower 24 bits may be used for user defined flags.
TEST_F(KqueueUser, FlagsAreCombined) {
  EXPECT_EQ(0, trigger(NOTE_FFCOPY | 0x6));
  EXPECT_EQ(0, trigger(NOTE_FFOR | 0x1));
  EXPECT_EQ(0, trigger(NOTE_FFAND | 0x3));
  EXPECT_EQ(0, trigger(NOTE_FFNOP));
  const auto events = queue_.now();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(0x3u, events[0].fflags & NOTE_FFLAGSMASK);
}

// A trigger from another thread ends a wait that is under way, or the next one.
TEST_F(KqueueUser, AnotherThreadEndsTheWait) {
  for (int round = 0; round < 100; ++round) {
    std::thread thread([this] { EXPECT_EQ(0, trigger()); });
    EXPECT_EQ(1u, queue_.wait().size());
    thread.join();
    EXPECT_TRUE(queue_.now().empty());
  }
}

int queue_of_handler = -1;

void trigger_from_handler(int) {
  const int error = errno;
  struct kevent change = change_of(1, EVFILT_USER, 0, NOTE_TRIGGER, 0, nullptr);
  kevent(queue_of_handler, &change, 1, nullptr, 0, nullptr);
  errno = error;
}

TEST_F(KqueueUser, ASignalHandlerCanTrigger) {
  queue_of_handler = queue_.get();
  struct sigaction action = {};
  struct sigaction before;
  action.sa_handler = trigger_from_handler;
  ASSERT_EQ(0, sigaction(SIGUSR2, &action, &before));
  SignalSender sender(SIGUSR2);
  int reports = 0;
  while (reports < 1000) {
    struct kevent event;
    const struct timespec timeout = {kLongSeconds, 0};
    const int count = kevent(queue_.get(), nullptr, 0, &event, 1, &timeout);
    ASSERT_TRUE(count == 1 || (count == -1 && errno == EINTR)) << count;
    if (count == 1) ++reports;
  }
  sender.stop();
  sigaction(SIGUSR2, &before, nullptr);
}

}  // namespace
}  // namespace check

#endif
