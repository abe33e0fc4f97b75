// How a parent learns that a child's program did not start, where the system turns out to copy the
// memory that the child was to share. No child was made here before: the state is this file's own.
#define StartFailure UntriedStartFailure
#include "os/posix/start_failure.h"

#include "os/posix/start_failure.cc"
#undef StartFailure

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

namespace violet {
namespace {

constexpr int kFirstFree = 3;

constexpr unsigned kLongEnough = 10;  // seconds, for a child that nobody ends

// A child in whose place any program could run.
pid_t start_waiting_child() {
  const pid_t pid = fork();
  if (pid != 0) return pid;
  alarm(kLongEnough);
  for (;;)
    pause();
}

void allow_descriptors_below(int limit) {
  const rlimit descriptors = {static_cast<rlim_t>(limit), static_cast<rlim_t>(limit)};
  ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &descriptors));
}

// Ends with 0 when the parent is told of the want, and the child does not live on.
void start_with_free_descriptors(int count) {
  const int lowest = dup(STDERR_FILENO);
  close(lowest);
  allow_descriptors_below(lowest + count);
  UntriedStartFailure failure(false);
  if (failure.prepare(kFirstFree) != 0) _exit(1);
  const ChildStart copied = {nullptr, nullptr, nullptr, failure.child_end(), false, 0};
  const pid_t pid = start_waiting_child();
  if (failure.wait(copied, pid) != UV_EMFILE) {
    kill(pid, SIGKILL);
    _exit(2);
  }
  int status = 0;
  if (waitpid(pid, &status, 0) != pid) _exit(3);
  _exit(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL ? 0 : 4);
}

TEST(StartFailureDeathTest, WithoutAPipeAChildWhoseMemoryWasACopyCannotHaveStarted) {
  EXPECT_EXIT(start_with_free_descriptors(1), testing::ExitedWithCode(0), "");
}

TEST(StartFailureDeathTest, WithoutAnEndForTheChildItCannotHaveStartedEither) {
  EXPECT_EXIT(start_with_free_descriptors(2), testing::ExitedWithCode(0), "");
}

// The child fails with ENOENT, in memory of its own; the pipe is all that its parent sees.
void start_what_fails() {
  UntriedStartFailure failure(false);
  if (failure.prepare(kFirstFree) != 0) _exit(1);
  const ChildStart copied = {nullptr, nullptr, nullptr, failure.child_end(), false, 0};
  const pid_t pid = fork();
  if (pid == 0) {
    const int error = ENOENT;
    _exit(write(failure.child_end(), &error, sizeof(error)) == sizeof(error) ? 127 : 1);
  }
  _exit(failure.wait(copied, pid) == UV_ENOENT ? 0 : 2);
}

TEST(StartFailureDeathTest, ThePipeTellsWhatTheMemoryCannot) {
  EXPECT_EXIT(start_what_fails(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace violet
