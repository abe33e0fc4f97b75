// What the flags promise.
#include "check_support.h"

namespace check {
namespace {

class KqueueFlags : public ::testing::Test {
 protected:
  void SetUp() override { open_pipe(pipe_); }
  int reader() const { return pipe_.first.get(); }
  void write_byte() { write_text(pipe_.second.get(), "x"); }

  Queue queue_;
  Pair pipe_;
};

// All: an event is reported while its condition holds, unless EV_CLEAR is set.
TEST_F(KqueueFlags, WithoutFlagsAnEventIsReportedWhileItHolds) {
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_ADD));
  EXPECT_TRUE(queue_.now().empty());
  write_byte();
  EXPECT_EQ(1u, queue_.wait().size());
  EXPECT_EQ(1u, queue_.now().size());
  write_byte();
  const auto events = queue_.now();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(2, events[0].data);
  read_text(reader());
  // "If the filter indicates that the condition that triggered the event no longer holds, the
  // kevent is removed from the kqueue and is not returned."
  EXPECT_TRUE(queue_.now().empty());
}

// All: the filter is run at the registration "to detect whether a preexisting condition is
// present".
TEST_F(KqueueFlags, AConditionThatHoldsAlreadyIsReported) {
  write_byte();
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_ADD));
  EXPECT_EQ(1u, queue_.wait().size());
}

// All, EV_CLEAR: "After the event is retrieved by the user, its state is reset."
TEST_F(KqueueFlags, ClearReportsWhatIsNew) {
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_ADD | EV_CLEAR));
  write_byte();
  EXPECT_EQ(1u, queue_.wait().size());
  EXPECT_TRUE(queue_.now().empty());
  write_byte();
  EXPECT_EQ(1u, queue_.wait().size());
  EXPECT_TRUE(queue_.now().empty());
}

// All, EV_ONESHOT: "After the user retrieves the event from the kqueue, it is deleted."
TEST_F(KqueueFlags, OneshotReportsOnceAndIsDeleted) {
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_ADD | EV_ONESHOT));
  write_byte();
  EXPECT_EQ(1u, queue_.wait().size());
  EXPECT_TRUE(queue_.now().empty());
  EXPECT_EQ(ENOENT, queue_.change(reader(), EVFILT_READ, EV_DELETE));
}

// FreeBSD, OpenBSD, NetBSD, macOS, EV_DISPATCH: "Disable the event source immediately after
// delivery of an event."
TEST_F(KqueueFlags, DispatchDisablesUntilEnabled) {
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_ADD | EV_DISPATCH));
  write_byte();
  EXPECT_EQ(1u, queue_.wait().size());
  write_byte();
  EXPECT_TRUE(queue_.now().empty());
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_ENABLE | EV_DISPATCH));
  const auto events = queue_.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(2, events[0].data);
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_DELETE));
}

// All, EV_DISABLE: "Disable the event so kevent() will not return it. The filter itself is not
// disabled." EV_ENABLE: "Permit kevent() to return the event if it is triggered."
TEST_F(KqueueFlags, ADisabledEventIsKeptBack) {
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_ADD));
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_DISABLE));
  write_byte();
  EXPECT_TRUE(queue_.now().empty());
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_ENABLE));
  EXPECT_EQ(1u, queue_.wait().size());
}

// All, EV_ADD: "Adding an event automatically enables it, unless overridden by the EV_DISABLE
// flag."
TEST_F(KqueueFlags, AddedAndDisabledAtOnce) {
  write_byte();
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_ADD | EV_DISABLE));
  EXPECT_TRUE(queue_.now().empty());
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_ENABLE));
  EXPECT_EQ(1u, queue_.wait().size());
}

// All, EV_DELETE: "Removes the event from the kqueue."
TEST_F(KqueueFlags, ADeletedEventIsGone) {
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_ADD));
  write_byte();
  EXPECT_EQ(0, queue_.change(reader(), EVFILT_READ, EV_DELETE));
  EXPECT_TRUE(queue_.now().empty());
  EXPECT_EQ(ENOENT, queue_.change(reader(), EVFILT_READ, EV_DELETE));
}

// All: "Calling close() on a file descriptor will remove any kevents that reference the
// descriptor."
TEST_F(KqueueFlags, CloseRemovesWhatIsRegistered) {
  const int descriptor = reader();
  EXPECT_EQ(0, queue_.change(descriptor, EVFILT_READ, EV_ADD));
  write_byte();
  // A copy keeps the pipe alive, so that only the number is gone.
  Descriptor copy(dup(descriptor));
  pipe_.first.reset();
  EXPECT_TRUE(queue_.now().empty());
  // EBADF "The specified descriptor is invalid."
  EXPECT_EQ(EBADF, queue_.change(descriptor, EVFILT_READ, EV_DELETE));
  EXPECT_EQ(EBADF, queue_.change(descriptor, EVFILT_READ, EV_ADD));
  ASSERT_EQ(descriptor, dup2(copy.get(), descriptor));
  pipe_.first.reset(descriptor);
  EXPECT_EQ(ENOENT, queue_.change(descriptor, EVFILT_READ, EV_DELETE));
  EXPECT_TRUE(queue_.now().empty());
}

// The same when dup2(2) closes the descriptor for another file.
TEST_F(KqueueFlags, AReusedNumberHasNothingRegistered) {
  const int descriptor = reader();
  EXPECT_EQ(0, queue_.change(descriptor, EVFILT_READ, EV_ADD));
  write_byte();
  Descriptor copy(dup(descriptor));
  Pair other;
  open_pipe(other);
  ASSERT_EQ(descriptor, dup2(other.first.get(), descriptor));
  write_text(other.second.get(), "y");
  EXPECT_TRUE(queue_.now().empty());
  EXPECT_EQ(ENOENT, queue_.change(descriptor, EVFILT_READ, EV_DELETE));
  EXPECT_EQ(0, queue_.change(descriptor, EVFILT_READ, EV_ADD));
  EXPECT_EQ(1u, queue_.wait().size());
}

// A change for a descriptor that was closed while the change was queued comes back with EBADF.
TEST_F(KqueueFlags, AQueuedChangeForAClosedDescriptorIsRefused) {
  struct kevent change = change_of(reader(), EVFILT_READ, EV_ADD, 0, 0, &queue_);
  pipe_.first.reset();
  struct kevent event;
  const struct timespec timeout = {kLongSeconds, 0};
  ASSERT_EQ(1, kevent(queue_.get(), &change, 1, &event, 1, &timeout));
  EXPECT_NE(0, event.flags & EV_ERROR);
  EXPECT_EQ(EBADF, event.data);
  EXPECT_EQ(static_cast<void*>(&queue_), event.udata);
}

}  // namespace
}  // namespace check
