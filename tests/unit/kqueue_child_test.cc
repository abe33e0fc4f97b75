// Children, as the kqueue engine tells of them.
#include <sys/wait.h>
#include <unistd.h>

#include "kqueue_support.h"

namespace violet {
namespace {

class KqueueChild : public KqueueEngineTest {
 protected:
  void SetUp() override {
    KqueueEngineTest::SetUp();
    prepare(child_, -1, Nature::kProcess);
  }
  void TearDown() override {
    if (engine_ != nullptr) engine_->forget(child_);
    KqueueEngineTest::TearDown();
    if (pid_ > 0) waitpid(pid_, nullptr, 0);
  }
  // Ends when the other end of the sockets is closed.
  void start() {
    pid_ = fork();
    ASSERT_GE(pid_, 0);
    if (pid_ != 0) return;
    close(sockets_[1]);
    fcntl(sockets_[0], F_SETFL, 0);
    char byte;
    _exit(read(sockets_[0], &byte, 1) == 0 ? 3 : 4);
  }
  void end() { close_socket(1); }
  void await_end() const {
    siginfo_t info;
    ASSERT_EQ(0, waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT));
  }

  Channel child_;
  pid_t pid_ = -1;
};

TEST_F(KqueueChild, IsToldWhenItEnds) {
  start();
  ASSERT_EQ(0, engine_->watch_child(child_, pid_));
  EXPECT_EQ(kNoEvents, told(child_, 50'000'000));
  end();
  EXPECT_EQ(kReadable, told(child_));
  EXPECT_EQ(kNoEvents, told(child_, 0)) << "once";
  int status = 0;
  EXPECT_EQ(pid_, waitpid(pid_, &status, 0));
  EXPECT_EQ(3, WEXITSTATUS(status));
  pid_ = -1;
}

TEST_F(KqueueChild, ThatIsGoneAlreadyIsToldOrRefused) {
  start();
  end();
  await_end();
  const int answer = engine_->watch_child(child_, pid_);
  if (answer == 0) {
    EXPECT_EQ(kReadable, told(child_));
  } else {
    EXPECT_EQ(UV_ESRCH, answer);
    EXPECT_EQ(kNoEvents, told(child_, 0));
  }
}

TEST_F(KqueueChild, IsNotToldOfOnceForgotten) {
  start();
  ASSERT_EQ(0, engine_->watch_child(child_, pid_));
  engine_->forget(child_);
  end();
  await_end();
  EXPECT_EQ(kNoEvents, told(child_, 0));
}

TEST_F(KqueueChild, ThatEndedAndIsForgottenIsNotTold) {
  start();
  ASSERT_EQ(0, engine_->watch_child(child_, pid_));
  end();
  await_end();
  engine_->forget(child_);
  EXPECT_EQ(kNoEvents, told(child_, 0));
}

TEST_F(KqueueChild, OfNoProcessIsRefused) {
  start();
  end();
  waitpid(pid_, nullptr, 0);
  EXPECT_EQ(UV_ESRCH, engine_->watch_child(child_, pid_));
  pid_ = -1;
}

// A process may have the number of a descriptor.
TEST_F(KqueueChild, IsNoDescriptor) {
  start();
  ASSERT_EQ(0, engine_->watch_child(child_, pid_));
  ASSERT_EQ(0, engine_->watch(channel_, kReadable));
  const int same = fcntl(sockets_[0], F_DUPFD, pid_);
  if (same != pid_) {
    close(same);
    GTEST_SKIP() << "no descriptor may have the number " << pid_;
  }
  Channel other;
  prepare(other, same, Nature::kSocket);
  ASSERT_EQ(0, engine_->watch(other, kReadable));
  end();
  await_end();
  ReadyList ready;
  engine_->wait(kPatienceNs, ready);
  EXPECT_EQ(kReadable, child_.events);
  engine_->forget(other);
  close(same);
}

}  // namespace
}  // namespace violet
