// Starting programs, and how they end, on POSIX systems.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "own_process.h"
#include "platform.h"
#include "process_posix_support.h"
#include "support.h"
#include "system.h"

namespace conformance {
namespace {

// Neovim reaps in its own SIGCHLD handler and tells itself: a second report would be one too many.
TEST_F(ProcessTest, AChildReapedByTheProgramItselfIsNotReported) {
  Child child({"true"});
  ASSERT_EQ(0, child.spawn(loop));
  ASSERT_EQ(child.process.pid, waitpid(child.process.pid, nullptr, 0));
  Child other({"true"});
  ASSERT_EQ(0, other.spawn(loop));
  while (other.exits == 0)
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ(0, child.exits);
  child.close();
  run();
  EXPECT_EQ(0, child.exits);
}

TEST_F(ProcessTest, NoSignalReachesWhoeverGotTheNumberOfAReapedChild) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 goes by the number";
  if (test_support::kNoChosenProcessIds != nullptr) {
    GTEST_SKIP() << test_support::kNoChosenProcessIds;
  }
  Child child({"true"});
  ASSERT_EQ(0, child.spawn(loop));
  const pid_t pid = child.process.pid;
  ASSERT_EQ(pid, waitpid(pid, nullptr, 0));
  run();
  EXPECT_EQ(0, child.exits);
  const pid_t sleeper = test_support::start_sleeper(pid);
  if (sleeper == pid) {
    EXPECT_EQ(UV_ESRCH, uv_process_kill(&child.process, SIGTERM));
    kill(sleeper, SIGKILL);
    int status = 0;
    EXPECT_EQ(sleeper, waitpid(sleeper, &status, 0));
    EXPECT_EQ(SIGKILL, WTERMSIG(status));
  }
  child.close();
  run();
  if (sleeper != pid) GTEST_SKIP() << "needs the right to choose the number of a process";
}

// Both make the kernel reap children; a program inherits the first from a parent that ignores the
// signal.
TEST_F(ProcessTest, ReportsTheExitToAProgramThatIgnoresItsChildren) {
  struct sigaction before;
  struct sigaction ignoring = {};
  ignoring.sa_handler = SIG_IGN;
  struct sigaction reaping = {};
  reaping.sa_flags = SA_NOCLDWAIT;
  for (const struct sigaction& action : {ignoring, reaping}) {
    ASSERT_EQ(0, sigaction(SIGCHLD, &action, &before));
    Child child({"/bin/sh", "-c", "exit 7"});
    EXPECT_EQ(0, child.spawn(loop));
    run();
    EXPECT_EQ(1, child.exits);
    EXPECT_EQ(7, child.status);
    if (child.exits == 0) child.close();
    run();
    sigaction(SIGCHLD, &before, nullptr);
  }
}

TEST_F(ProcessTest, ReportsThatAProgramMayNotBeStarted) {
  Child folder({directory.path()});
  expect_failure(folder, UV_EACCES);
  write_program(directory / "data", "exit 0\n", 0644);
  Child not_executable({directory / "data"});
  expect_failure(not_executable, UV_EACCES);
}

TEST_F(ProcessTest, ReportsArgumentsThatAreTooLong) {
  Child too_long({"true", std::string(1 << 20, 'x')});
  expect_failure(too_long, UV_E2BIG);
}

TEST_F(ProcessTest, WithoutAPathThereIsADefault) {
  char* no_path[] = {nullptr};
  Child standard({"true"});
  standard.options.env = no_path;
  ASSERT_EQ(0, standard.spawn(loop));
  run();
  EXPECT_EQ(0, standard.status);
}

TEST_F(ProcessTest, TellsWhatTheLastDirectoryOfThePathSaid) {
  std::string file = directory / "file";
  std::ofstream(file) << "no directory";
  const std::pair<std::string, int> paths[] = {{"PATH=" + file + ":/nowhere", UV_ENOENT},
                                               {"PATH=/nowhere:" + file, UV_ENOTDIR}};
  for (auto [path, error] : paths) {
    char* environment[] = {path.data(), nullptr};
    Child child({"violet-no-such-program"});
    child.options.env = environment;
    expect_failure(child, error);
  }
}

TEST_F(ProcessTest, RunsAScriptWithoutAnInterpreterLine) {
  write_program(directory / "script", "exit $#\n");
  Child child({directory / "script", "one", "two"});
  ASSERT_EQ(0, child.spawn(loop));
  run();
  EXPECT_EQ(2, child.status);
}

TEST_F(ProcessTest, GivesTheEnvironmentThatIsAskedForAlone) {
  Child child({"/bin/sh", "-c", "echo \"$COLOUR|$HOME\""});
  char colour[] = "COLOUR=violet";
  char* environment[] = {colour, nullptr};
  child.options.env = environment;
  EXPECT_EQ(0, run_script(*this, child));
  EXPECT_EQ("violet|\n", contents(output));
}

TEST_F(ProcessTest, StartsWithDefaultSignalsAndNoneBlocked) {
  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &blocked, &before);
  auto pipe_action = signal(SIGPIPE, SIG_IGN);
  auto user_action = signal(SIGUSR1, [](int) {});
  // A signal that is ignored or blocked does not end the shell that sends it to itself.
  for (int number : {SIGTERM, SIGPIPE, SIGUSR1}) {
    Child shell({"/bin/sh", "-c", "kill -" + std::to_string(number) + " $$; exit 0"});
    run_script(*this, shell);
    EXPECT_EQ(number, shell.signal);
  }
  Child child({"grep", "-E", "SigBlk|SigIgn", "/proc/self/status"});
  if (has_process_files()) run_script(*this, child);
  signal(SIGPIPE, pipe_action);
  struct sigaction action;
  sigaction(SIGUSR1, nullptr, &action);
  EXPECT_NE(SIG_DFL, action.sa_handler) << "the parent's own stay";
  signal(SIGUSR1, user_action);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (!has_process_files()) return;
  EXPECT_EQ("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n", contents(output));
}

TEST_F(ProcessTest, DetachedChildrenLeadASession) {
  Child child({"sleep", "100"});
  child.options.flags = UV_PROCESS_DETACHED;
  ASSERT_EQ(0, child.spawn(loop));
  EXPECT_EQ(child.process.pid, getsid(child.process.pid));
  EXPECT_EQ(child.process.pid, getpgid(child.process.pid));
  EXPECT_EQ(0, uv_process_kill(&child.process, SIGTERM));
  run();
  EXPECT_EQ(1, child.exits);
}

TEST_F(ProcessTest, ChangesUserAndGroup) {
  if (getuid() != 0) GTEST_SKIP() << "needs root";
  Child child({"/bin/sh", "-c", "id -u; id -g; id -G"});
  child.options.flags = UV_PROCESS_SETUID | UV_PROCESS_SETGID;
  child.options.uid = 65534;
  child.options.gid = 65533;
  run_script(*this, child);
  EXPECT_EQ("65534\n65533\n65533\n", contents(output));
  EXPECT_EQ(0u, getuid());
}

TEST_F(ProcessTest, CannotBecomeRootWithoutPrivilege) {
  if (getuid() == 0) GTEST_SKIP() << "root may";
  Child child({"true"});
  child.options.flags = UV_PROCESS_SETUID;
  child.options.uid = 0;
  expect_failure(child, UV_EPERM);
}

TEST_F(ProcessTest, AForkLeavesTheChildrenToTheirParent) {
  Child child({"sleep", "100"});
  ASSERT_EQ(0, child.spawn(loop));
  EXPECT_EQ(0, in_own_process([&] {
              if (uv_loop_fork(&loop) != 0) return 1;
              Child grandchild({"/bin/sh", "-c", "exit 3"});
              if (grandchild.spawn(loop) != 0) return 2;
              while (grandchild.exits == 0)
                uv_run(&loop, UV_RUN_ONCE);
              return grandchild.status == 3 && child.exits == 0 ? 0 : 3;
            }));
  EXPECT_EQ(0, uv_process_kill(&child.process, SIGTERM));
  run();
  EXPECT_EQ(1, child.exits);
  EXPECT_EQ(SIGTERM, child.signal);
}

}  // namespace
}  // namespace conformance
