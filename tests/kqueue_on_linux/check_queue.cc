// What kqueue() and kevent() promise by themselves.
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include "check_support.h"

namespace check {
namespace {

// All: "Waits indefinitely" without a timeout; "to effect a poll, the timeout argument should be
// non-NULL, pointing to a zero-valued timespec". "If the time limit expires, kevent() returns 0."
TEST(KqueueCall, AnEmptyQueuePolledHasNothing) {
  Queue queue;
  EXPECT_TRUE(queue.now().empty());
}

TEST(KqueueCall, TheTimeLimitExpires) {
  Queue queue;
  struct kevent event;
  const struct timespec timeout = {0, 1000};
  EXPECT_EQ(0, kevent(queue.get(), nullptr, 0, &event, 1, &timeout));
}

// All, ERRORS: EINVAL "The specified time limit or filter is invalid".
TEST(KqueueCall, InvalidTimeLimitsAreRefused) {
  Queue queue;
  struct kevent event;
  const struct timespec negative = {-1, 0};
  EXPECT_EQ(-1, kevent(queue.get(), nullptr, 0, &event, 1, &negative));
  EXPECT_EQ(EINVAL, errno);
  const struct timespec too_many_nanoseconds = {0, 1000000000};
  EXPECT_EQ(-1, kevent(queue.get(), nullptr, 0, &event, 1, &too_many_nanoseconds));
  EXPECT_EQ(EINVAL, errno);
}

TEST(KqueueCall, AnInvalidFilterIsRefused) {
  Queue queue;
  EXPECT_EQ(EINVAL, queue.change(0, 1000, EV_ADD));
}

// All, ERRORS: EBADF "The specified descriptor is invalid".
TEST(KqueueCall, ADescriptorThatIsNoQueueIsRefused) {
  struct kevent event;
  const struct timespec now = {};
  EXPECT_EQ(-1, kevent(-1, nullptr, 0, &event, 1, &now));
  EXPECT_EQ(EBADF, errno);
  Pair pipe;
  open_pipe(pipe);
  EXPECT_EQ(-1, kevent(pipe.first.get(), nullptr, 0, &event, 1, &now));
  EXPECT_EQ(EBADF, errno);
}

TEST(KqueueCall, AClosedQueueIsRefused) {
  Queue queue;
  const int number = queue.get();
  queue.reset();
  struct kevent event;
  const struct timespec now = {};
  EXPECT_EQ(-1, kevent(number, nullptr, 0, &event, 1, &now));
  EXPECT_EQ(EBADF, errno);
}

// All: "All changes contained in the changelist are applied before any pending events are read from
// the queue."
TEST(KqueueCall, OneCallRegistersAndReports) {
  Queue queue;
  Pair pipe;
  open_pipe(pipe);
  write_text(pipe.second.get(), "abc");
  int place = 0;
  struct kevent change = change_of(pipe.first.get(), EVFILT_READ, EV_ADD, 0, 0, &place);
  struct kevent event;
  const struct timespec timeout = {kLongSeconds, 0};
  ASSERT_EQ(1, kevent(queue.get(), &change, 1, &event, 1, &timeout));
  EXPECT_EQ(static_cast<std::uintptr_t>(pipe.first.get()), event.ident);
  EXPECT_TRUE(event.filter == EVFILT_READ);
  EXPECT_EQ(3, event.data);
  // All: udata is an "opaque user-defined value passed through the kernel unchanged".
  EXPECT_EQ(static_cast<void*>(&place), event.udata);
}

// FreeBSD: "When nevents is zero, kevent() will return immediately even if there is a timeout
// specified unlike select(2)."
TEST(KqueueCall, WithoutRoomForEventsNothingIsWaitedFor) {
  Queue queue;
  EXPECT_EQ(0, kevent(queue.get(), nullptr, 0, nullptr, 0, nullptr));
}

// FreeBSD, macOS: "The same array can be used for the changelist and eventlist."
TEST(KqueueCall, ChangesAndEventsMayShareAnArray) {
  Queue queue;
  Pair pipe;
  open_pipe(pipe);
  write_text(pipe.second.get(), "x");
  struct kevent both[2];
  both[0] = change_of(pipe.first.get(), EVFILT_READ, EV_ADD);
  both[1] = change_of(pipe.second.get(), EVFILT_WRITE, EV_ADD);
  const struct timespec timeout = {kLongSeconds, 0};
  EXPECT_EQ(2, kevent(queue.get(), both, 2, both, 2, &timeout));
}

// All, RETURN VALUES: an error in the changelist is placed in the eventlist "if there is enough
// room", with EV_ERROR in flags and the system error in data.
TEST(KqueueCall, AnErrorIsPlacedInTheListAndTheOtherChangesAreApplied) {
  Queue queue;
  Pair pipe;
  open_pipe(pipe);
  write_text(pipe.second.get(), "x");
  struct kevent changes[3];
  changes[0] = change_of(65000, EVFILT_READ, EV_ADD);
  changes[1] = change_of(pipe.first.get(), EVFILT_READ, EV_ADD);
  changes[2] = change_of(pipe.second.get(), EVFILT_READ, EV_DELETE, 0, 0, &queue);
  struct kevent events[4];
  const struct timespec timeout = {kLongSeconds, 0};
  ASSERT_EQ(2, kevent(queue.get(), changes, 3, events, 4, &timeout));
  EXPECT_NE(0, events[0].flags & EV_ERROR);
  EXPECT_EQ(EBADF, events[0].data);
  EXPECT_EQ(65000u, events[0].ident);
  EXPECT_NE(0, events[1].flags & EV_ERROR);
  EXPECT_EQ(ENOENT, events[1].data);
  EXPECT_EQ(static_cast<void*>(&queue), events[1].udata);
  ASSERT_EQ(1u, queue.wait().size());
}

// All: "Otherwise, -1 will be returned, and errno will be set to indicate the error condition."
TEST(KqueueCall, AnErrorWithoutRoomFailsTheCall) {
  Queue queue;
  EXPECT_EQ(EBADF, queue.change(65000, EVFILT_READ, EV_ADD));
  Pair pipe;
  open_pipe(pipe);
  EXPECT_EQ(ENOENT, queue.change(pipe.first.get(), EVFILT_READ, EV_DELETE));
  EXPECT_EQ(ENOENT, queue.change(pipe.first.get(), EVFILT_READ, EV_ENABLE));
}

// FreeBSD, macOS: EV_RECEIPT "forces EV_ERROR to always be returned. When a filter is successfully
// added the data field will be zero", "without draining any pending events".
TEST(KqueueCall, AReceiptAnswersAndLeavesPendingEvents) {
  Queue queue;
  Pair pipe;
  open_pipe(pipe);
  write_text(pipe.second.get(), "x");
  struct kevent changes[2];
  changes[0] = change_of(pipe.first.get(), EVFILT_READ, EV_ADD | EV_RECEIPT);
  changes[1] = change_of(65000, EVFILT_READ, EV_ADD | EV_RECEIPT);
  struct kevent events[2];
  ASSERT_EQ(2, kevent(queue.get(), changes, 2, events, 2, nullptr));
  EXPECT_NE(0, events[0].flags & EV_ERROR);
  EXPECT_EQ(0, events[0].data);
  EXPECT_NE(0, events[1].flags & EV_ERROR);
  EXPECT_EQ(EBADF, events[1].data);
  const auto later = queue.wait();
  ASSERT_EQ(1u, later.size());
  EXPECT_EQ(0, later[0].flags & EV_ERROR);
}

// All: a kevent is identified by ident and filter; "there may only be one unique kevent per
// kqueue".
TEST(KqueueCall, OneEventForEachDescriptorAndFilter) {
  Queue queue;
  Pair sockets;
  open_socket_pair(sockets);
  int first = 0;
  int second = 0;
  const int descriptor = sockets.first.get();
  EXPECT_EQ(0, queue.change(descriptor, EVFILT_READ, EV_ADD, 0, 0, &first));
  EXPECT_EQ(0, queue.change(descriptor, EVFILT_READ, EV_ADD, 0, 0, &second));
  EXPECT_EQ(0, queue.change(descriptor, EVFILT_WRITE, EV_ADD));
  write_text(sockets.second.get(), "x");
  const auto events = queue.wait();
  ASSERT_EQ(2u, events.size());
  for (const struct kevent& event : events) {
    if (event.filter == EVFILT_READ) {
      EXPECT_EQ(static_cast<void*>(&second), event.udata);
    }
  }
}

// What does not fit into the list is reported by a later call, and nobody is passed over for ever.
TEST(KqueueCall, EveryEventGetsItsTurn) {
  Queue queue;
  Pair sockets;
  open_socket_pair(sockets);
  write_text(sockets.second.get(), "x");
  EXPECT_EQ(0, queue.change(sockets.first.get(), EVFILT_READ, EV_ADD));
  EXPECT_EQ(0, queue.change(sockets.first.get(), EVFILT_WRITE, EV_ADD));
  bool read = false;
  bool write = false;
  for (int i = 0; i < 4; ++i) {
    const auto events = queue.wait(1);
    ASSERT_EQ(1u, events.size());
    (events[0].filter == EVFILT_READ ? read : write) = true;
  }
  EXPECT_TRUE(read && write);
}

// All: the queue's descriptor can be used with poll(2), and in another queue.
TEST(KqueueCall, TheQueueIsReadableWhileItHasEvents) {
  Queue queue;
  Pair pipe;
  open_pipe(pipe);
  EXPECT_EQ(0, queue.change(pipe.first.get(), EVFILT_READ, EV_ADD));
  struct pollfd polled = {queue.get(), POLLIN, 0};
  EXPECT_EQ(0, poll(&polled, 1, 0));
  write_text(pipe.second.get(), "x");
  EXPECT_EQ(1, poll(&polled, 1, kLongSeconds * 1000));
  EXPECT_EQ(1u, queue.now().size());
  EXPECT_EQ(1, poll(&polled, 1, 0)) << "level-triggered: it still holds";
  read_text(pipe.first.get());
  EXPECT_TRUE(queue.now().empty());
  EXPECT_EQ(0, poll(&polled, 1, 0));
}

// All: "The queue is not inherited by a child created with fork(2)."
TEST(KqueueCall, AChildDoesNotInheritTheQueue) {
  Queue queue;
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    struct kevent event;
    const struct timespec now = {};
    if (fcntl(queue.get(), F_GETFD) != -1 || errno != EBADF) _exit(1);
    if (kevent(queue.get(), nullptr, 0, &event, 1, &now) != -1 || errno != EBADF) _exit(2);
    const int own = kqueue();
    if (own < 0) _exit(3);
    if (kevent(own, nullptr, 0, &event, 1, &now) != 0) _exit(4);
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(child, waitpid(child, &status, 0));
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(0, WEXITSTATUS(status));
  EXPECT_TRUE(queue.now().empty());
}

void do_nothing(int) {}

// All, ERRORS: EINTR "A signal was delivered before the timeout expired and before any events were
// placed on the kqueue for return." SA_RESTART does not restart it.
TEST(KqueueCall, ASignalInterruptsTheWait) {
  Queue queue;
  struct sigaction action = {};
  struct sigaction before;
  action.sa_handler = do_nothing;
  action.sa_flags = SA_RESTART;
  ASSERT_EQ(0, sigaction(SIGUSR1, &action, &before));
  SignalSender sender(SIGUSR1);
  struct kevent event;
  const struct timespec timeout = {kLongSeconds, 0};
  EXPECT_EQ(-1, kevent(queue.get(), nullptr, 0, &event, 1, &timeout));
  EXPECT_EQ(EINTR, errno);
  sender.stop();
  sigaction(SIGUSR1, &before, nullptr);
}

}  // namespace
}  // namespace check
