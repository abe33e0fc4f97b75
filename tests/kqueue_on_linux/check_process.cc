// EVFILT_PROC with NOTE_EXIT.
#include <signal.h>
#include <sys/wait.h>

#include "check_support.h"

namespace check {
namespace {

// A child that ends when its pipe does.
class Child {
 public:
  explicit Child(int status = 0) {
    open_pipe(pipe_);
    process_ = fork();
    if (process_ == 0) {
      pipe_.second.reset();
      char byte;
      while (read(pipe_.first.get(), &byte, 1) < 0 && errno == EINTR) {
      }
      _exit(status);
    }
  }
  ~Child() {
    end();
    if (process_ > 0) waitpid(process_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  pid_t process() const { return process_; }
  void end() { pipe_.second.reset(); }
  // Waits until it is gone and leaves its status to be collected.
  void end_and_wait() {
    end();
    siginfo_t info = {};
    while (waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOWAIT) != 0 &&
           errno == EINTR) {
    }
  }
  int collect() {
    int status = -1;
    EXPECT_EQ(process_, waitpid(process_, &status, WNOHANG));
    process_ = -1;
    return status;
  }

 private:
  Pair pipe_;
  pid_t process_;
};

// All, NOTE_EXIT: "The process has exited." When it is told, waitpid(2) has the status.
TEST(KqueueProcess, TellsOfAnExitOnce) {
  Queue queue;
  Child child(7);
  ASSERT_GT(child.process(), 0);
  int place = 0;
  const int process = static_cast<int>(child.process());
  ASSERT_EQ(0, queue.change(process, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0, &place));
  EXPECT_TRUE(queue.now().empty());
  child.end();
  const auto events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(static_cast<std::uintptr_t>(process), events[0].ident);
  EXPECT_TRUE(events[0].filter == EVFILT_PROC);
  EXPECT_NE(0u, events[0].fflags & NOTE_EXIT);
  EXPECT_EQ(static_cast<void*>(&place), events[0].udata);
  EXPECT_TRUE(queue.now().empty());
  // Gone with the process.
  EXPECT_EQ(ENOENT, queue.change(process, EVFILT_PROC, EV_DELETE));
  // OpenBSD, NetBSD, macOS: the note may come a moment before the status.
  int status = child.collect();
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(7, WEXITSTATUS(status));
}

// FreeBSD: a child that is gone but not waited for is reported at once. OpenBSD, NetBSD and macOS
// answer ESRCH.
TEST(KqueueProcess, AChildThatIsGoneIsToldOrRefused) {
  Queue queue;
  Child child(3);
  ASSERT_GT(child.process(), 0);
  child.end_and_wait();
  const int process = static_cast<int>(child.process());
  const int error = queue.change(process, EVFILT_PROC, EV_ADD, NOTE_EXIT);
  if (error == 0) {
    const auto events = queue.wait();
    ASSERT_EQ(1u, events.size());
    EXPECT_NE(0u, events[0].fflags & NOTE_EXIT);
  } else {
    EXPECT_EQ(ESRCH, error);
  }
  const int status = child.collect();
  EXPECT_EQ(3, WEXITSTATUS(status));
}

// All, ERRORS: ESRCH "The specified process to attach to does not exist."
TEST(KqueueProcess, AProcessThatIsNotThereIsRefused) {
  Queue queue;
  Child child;
  ASSERT_GT(child.process(), 0);
  const int process = static_cast<int>(child.process());
  child.end_and_wait();
  child.collect();
  EXPECT_EQ(ESRCH, queue.change(process, EVFILT_PROC, EV_ADD, NOTE_EXIT));
}

TEST(KqueueProcess, ADeletedEventTellsNothing) {
  Queue queue;
  Child child;
  ASSERT_GT(child.process(), 0);
  const int process = static_cast<int>(child.process());
  ASSERT_EQ(0, queue.change(process, EVFILT_PROC, EV_ADD, NOTE_EXIT));
  ASSERT_EQ(0, queue.change(process, EVFILT_PROC, EV_DELETE));
  child.end_and_wait();
  EXPECT_TRUE(queue.now().empty());
}

TEST(KqueueProcess, AProcessThatWasKilledIsToldToo) {
  Queue queue;
  Child child;
  ASSERT_GT(child.process(), 0);
  const int process = static_cast<int>(child.process());
  ASSERT_EQ(0, queue.change(process, EVFILT_PROC, EV_ADD | EV_ONESHOT, NOTE_EXIT));
  ASSERT_EQ(0, kill(child.process(), SIGKILL));
  ASSERT_EQ(1u, queue.wait().size());
  const int status = child.collect();
  EXPECT_TRUE(WIFSIGNALED(status));
}

}  // namespace
}  // namespace check
