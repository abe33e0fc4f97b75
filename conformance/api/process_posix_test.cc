// Starting programs, and how they end.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <deque>
#include <fstream>
#include <string>

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

TEST_F(ProcessTest, ReportsTheExitStatus) {
  Child child({"/bin/sh", "-c", "exit 7"});
  ASSERT_EQ(0, child.spawn(loop));
  EXPECT_TRUE(child.active());
  EXPECT_GT(child.process.pid, 0);
  EXPECT_EQ(child.process.pid, uv_process_get_pid(&child.process));
  EXPECT_EQ(0, child.exits) << "not inside uv_spawn()";
  run();
  EXPECT_EQ(1, child.exits);
  EXPECT_EQ(7, child.status);
  EXPECT_EQ(0, child.signal);
}

TEST_F(ProcessTest, ReportsTheSignalThatKilledIt) {
  Child child({"sleep", "100"});
  ASSERT_EQ(0, child.spawn(loop));
  EXPECT_EQ(0, uv_process_kill(&child.process, 0));
  EXPECT_EQ(UV_EINVAL, uv_process_kill(&child.process, 1000));
  EXPECT_EQ(0, uv_process_kill(&child.process, SIGTERM));
  run();
  EXPECT_EQ(0, child.status);
  EXPECT_EQ(SIGTERM, child.signal);
  EXPECT_EQ(UV_ESRCH, uv_process_kill(&child.process, 0));
}

TEST_F(ProcessTest, WorksWithoutAnExitCallback) {
  Child child({"true"});
  child.options.exit_cb = nullptr;
  ASSERT_EQ(0, child.spawn(loop));
  run();
  child.close();
  run();
}

TEST_F(ProcessTest, ReportsWhatKeepsTheProgramFromRunning) {
  Child missing({"violet-no-such-program"});
  expect_failure(missing, UV_ENOENT);
  Child missing_path({"/nowhere/program"});
  expect_failure(missing_path, UV_ENOENT);
  Child empty({""});
  expect_failure(empty, UV_ENOENT);
  Child folder({directory.path()});
  expect_failure(folder, UV_EACCES);
  directory.write_program("data", "exit 0\n", 0644);
  Child not_executable({directory / "data"});
  expect_failure(not_executable, UV_EACCES);
  Child nowhere({"true"});
  nowhere.options.cwd = "/nowhere";
  expect_failure(nowhere, UV_ENOENT);
  Child bad_descriptor({"true"});
  bad_descriptor.give(0, 1000000);
  expect_failure(bad_descriptor, UV_EBADF);
}

TEST_F(ProcessTest, ReportsArgumentsThatAreTooLong) {
  Child too_long({"true", std::string(1 << 20, 'x')});
  expect_failure(too_long, UV_E2BIG);
}

TEST_F(ProcessTest, RefusesContainersThatMakeNoSense) {
  Child negative({"true"});
  negative.give(0, -1);
  expect_failure(negative, UV_EINVAL);
}

TEST_F(ProcessTest, LooksTheProgramUpInThePathOfTheChild) {
  directory.write_program("violet-tool", "#!/bin/sh\nexit 9\n");
  Child unknown({"violet-tool"});
  expect_failure(unknown, UV_ENOENT);
  std::string path = "PATH=/nowhere:" + directory.path();
  char* environment[] = {path.data(), nullptr};
  Child known({"violet-tool"});
  known.options.env = environment;
  ASSERT_EQ(0, known.spawn(loop));
  run();
  EXPECT_EQ(9, known.status);
  char* no_path[] = {nullptr};
  Child standard({"true"});
  standard.options.env = no_path;
  ASSERT_EQ(0, standard.spawn(loop)) << "a default path";
  run();
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
  directory.write_program("script", "exit $#\n");
  Child child({directory / "script", "one", "two"});
  ASSERT_EQ(0, child.spawn(loop));
  run();
  EXPECT_EQ(2, child.status);
}

TEST_F(ProcessTest, GivesArgumentsEnvironmentAndDirectory) {
  Child child({"/bin/sh", "-c", "echo \"$0|$1|$COLOUR|$HOME|$(pwd)\"", "zero", "o n e"});
  char colour[] = "COLOUR=violet";
  char* environment[] = {colour, nullptr};
  child.options.env = environment;
  child.options.cwd = "/usr";
  EXPECT_EQ(0, run_script(child));
  EXPECT_EQ("zero|o n e|violet||/usr\n", contents(output));
}

TEST_F(ProcessTest, FindsARelativeProgramInTheNewDirectory) {
  directory.write_program("here", "#!/bin/sh\nexit 5\n");
  Child child({"./here"});
  child.options.cwd = directory.path().c_str();
  ASSERT_EQ(0, child.spawn(loop));
  run();
  EXPECT_EQ(5, child.status);
}

TEST_F(ProcessTest, InheritsTheEnvironment) {
  ASSERT_EQ(0, uv_os_setenv("VIOLET_TEST", "inherited"));
  Child child({"/bin/sh", "-c", "echo $VIOLET_TEST"});
  run_script(child);
  uv_os_unsetenv("VIOLET_TEST");
  EXPECT_EQ("inherited\n", contents(output));
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
    run_script(shell);
    EXPECT_EQ(number, shell.signal);
  }
  Child child({"grep", "-E", "SigBlk|SigIgn", "/proc/self/status"});
  if (has_process_files()) run_script(child);
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
  run_script(child);
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

TEST_F(ProcessTest, FollowsHundredsAtOnce) {
  constexpr int kChildren = 200;
  std::deque<Child> children;
  for (int i = 0; i < kChildren; ++i) {
    children.emplace_back(
        std::initializer_list<std::string>{"/bin/sh", "-c", "exit " + std::to_string(i)});
    Child& child = children.back();
    ASSERT_EQ(0, child.spawn(loop));
  }
  run();
  for (int i = 0; i < kChildren; ++i) {
    EXPECT_EQ(1, children[i].exits);
    EXPECT_EQ(i, children[i].status);
  }
}

TEST_F(ProcessTest, NoExitCallbackAfterClose) {
  Child child({"sleep", "100"});
  ASSERT_EQ(0, child.spawn(loop));
  pid_t pid = child.process.pid;
  child.close();
  run();
  EXPECT_EQ(0, child.exits);
  EXPECT_EQ(0, uv_kill(pid, SIGKILL));
  if (is_at_least(1, 52)) {
    // The loop reaps it when it polls, which it does while it is alive.
    uv_idle_t idle;
    uv_idle_init(&loop, &idle);
    uv_idle_start(&idle, [](uv_idle_t*) {});
    while (uv_kill(pid, 0) == 0)
      uv_run(&loop, UV_RUN_NOWAIT);
    uv_close(reinterpret_cast<uv_handle_t*>(&idle), nullptr);
    run();
  } else {
    waitpid(pid, nullptr, 0);
  }
}

TEST_F(ProcessTest, UnreferencedChildrenDoNotHoldTheLoop) {
  Child child({"sleep", "100"});
  ASSERT_EQ(0, child.spawn(loop));
  uv_unref(reinterpret_cast<uv_handle_t*>(&child.process));
  run();
  EXPECT_EQ(0, child.exits);
  EXPECT_EQ(0, uv_process_kill(&child.process, SIGKILL));
  uv_ref(reinterpret_cast<uv_handle_t*>(&child.process));
  run();
  EXPECT_EQ(SIGKILL, child.signal);
}

TEST_F(ProcessTest, AForkLeavesTheChildrenToTheirParent) {
  Child child({"sleep", "100"});
  ASSERT_EQ(0, child.spawn(loop));
  pid_t forked = fork();
  if (forked == 0) {
    if (uv_loop_fork(&loop) != 0) _exit(1);
    Child grandchild({"/bin/sh", "-c", "exit 3"});
    if (grandchild.spawn(loop) != 0) _exit(2);
    while (grandchild.exits == 0)
      uv_run(&loop, UV_RUN_ONCE);
    _exit(grandchild.status == 3 && child.exits == 0 ? 0 : 3);
  }
  int status = -1;
  ASSERT_EQ(forked, waitpid(forked, &status, 0));
  EXPECT_EQ(0, status);
  EXPECT_EQ(0, uv_process_kill(&child.process, SIGTERM));
  run();
  EXPECT_EQ(1, child.exits);
  EXPECT_EQ(SIGTERM, child.signal);
}

}  // namespace
}  // namespace conformance
