// Starting programs, and how they end.
#include <csignal>
#include <deque>

#include "platform.h"
#include "process_support.h"
#include "support.h"

namespace conformance {
namespace {

TEST_F(ProcessTest, ReportsTheExitStatus) {
  Child child({told_child()});
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

// Windows knows no signals: the library notes which one it was asked for.
TEST_F(ProcessTest, ReportsTheSignalThatEndedIt) {
  for (int number : {SIGTERM, SIGINT, SIGKILL}) {
    Child child({told_child(), "--wait"});
    ASSERT_EQ(0, child.spawn(loop));
    EXPECT_EQ(0, uv_process_kill(&child.process, 0));
    EXPECT_EQ(UV_EINVAL, uv_process_kill(&child.process, 1000));
    EXPECT_EQ(UV_EINVAL, uv_process_kill(&child.process, -1));
    EXPECT_EQ(0, uv_process_kill(&child.process, number));
    run();
    EXPECT_EQ(1, child.exits);
    EXPECT_EQ(kIsWindows ? 1 : 0, child.status);
    EXPECT_EQ(number, child.signal);
    EXPECT_EQ(UV_ESRCH, uv_process_kill(&child.process, 0));
    EXPECT_EQ(UV_ESRCH, uv_process_kill(&child.process, number));
  }
}

TEST_F(ProcessTest, WorksWithoutAnExitCallback) {
  Child child({told_child()});
  child.options.exit_cb = nullptr;
  ASSERT_EQ(0, child.spawn(loop));
  run();
  EXPECT_FALSE(child.active());
  child.close();
  run();
}

TEST_F(ProcessTest, ReportsWhatKeepsTheProgramFromRunning) {
  for (const char* nothing : {"violet-no-such-program", "", "/nowhere/program"}) {
    SCOPED_TRACE(nothing);
    Child child({nothing});
    expect_failure(child, UV_ENOENT);
  }
  Child nowhere({told_child()});
  nowhere.options.cwd = "/nowhere";
  expect_failure(nowhere, UV_ENOENT);
  Child bad_descriptor({told_child()});
  bad_descriptor.give(0, 1000);
  expect_failure(bad_descriptor, UV_EBADF);
}

TEST_F(ProcessTest, RefusesOptionsThatMakeNoSense) {
  Child negative({told_child()});
  negative.give(0, -1);
  expect_failure(negative, UV_EINVAL);
  if (!is_at_least(1, 52)) return;  // libuv 1.44 aborts.
  Child no_stream({told_child()});
  no_stream.options.stdio_count = 1;
  no_stream.stdio[0].flags = UV_INHERIT_STREAM;
  expect_failure(no_stream, UV_EINVAL);
  Child no_file({told_child()});
  no_file.options.file = nullptr;
  expect_failure(no_file, UV_EINVAL);
  Child unknown_flag({told_child()});
  unknown_flag.options.flags = 1u << 20;
  expect_failure(unknown_flag, UV_EINVAL);
}

TEST_F(ProcessTest, LooksTheProgramUpInThePathOfTheChild) {
  Child unknown({"told_child"});
  unknown.options.cwd = kSomeFolder;  // Windows looks there first.
  expect_failure(unknown, UV_ENOENT);
  const std::string separator = kIsWindows ? ";" : ":";
  std::string path = "PATH=/nowhere" + separator + own_folder();
  char* environment[] = {path.data(), nullptr};
  Child known({"told_child"});
  known.options.env = environment;
  known.options.cwd = kSomeFolder;
  ASSERT_EQ(0, known.spawn(loop));
  run();
  EXPECT_EQ(7, known.status);
}

TEST_F(ProcessTest, FindsARelativeProgramInTheNewDirectory) {
  const std::string folder = own_folder();
  Child child({"./told_child"});
  child.options.cwd = folder.c_str();
  ASSERT_EQ(0, child.spawn(loop));
  run();
  EXPECT_EQ(7, child.status);
}

TEST_F(ProcessTest, GivesArguments) {
  Child child({told_child(), "o n e", "", "\"two\"", "back\\", "sp \\", "a\\\\\"b", "\xc3\xa4"});
  EXPECT_EQ(
      "[" + told_child() + "]\n[o n e]\n[]\n[\"two\"]\n[back\\]\n[sp \\]\n[a\\\\\"b]\n[\xc3\xa4]\n",
      told_by(child));
}

TEST_F(ProcessTest, GivesEnvironmentAndDirectory) {
  ASSERT_EQ(0, uv_os_setenv("VIOLET_TEST", "inherited"));
  Child child({told_child(), "--environment"});
  char colour[] = "COLOUR=violet";
  char* environment[] = {colour, nullptr};
  child.options.env = environment;
  const std::string told = told_by(child);
  EXPECT_NE(std::string::npos, told.find("COLOUR=violet\n")) << told;
  EXPECT_EQ(std::string::npos, told.find("VIOLET_TEST"));
  Child heir({told_child(), "--environment"});
  EXPECT_NE(std::string::npos, told_by(heir).find("\nVIOLET_TEST=inherited\n"));
  uv_os_unsetenv("VIOLET_TEST");
  Child elsewhere({told_child(), "--directory"});
  elsewhere.options.cwd = kSomeFolder;
  EXPECT_EQ(std::string(kSomeFolder) + "\n", told_by(elsewhere));
}

// On Windows one thread of the system waits for 63.
TEST_F(ProcessTest, FollowsHundredsAtOnce) {
  constexpr int kChildren = 200;
  std::deque<Child> children;
  for (int i = 0; i < kChildren; ++i) {
    children.emplace_back(
        std::initializer_list<std::string>{told_child(), "--exit", std::to_string(i)});
    ASSERT_EQ(0, children.back().spawn(loop));
  }
  run();
  for (int i = 0; i < kChildren; ++i) {
    EXPECT_EQ(1, children[i].exits);
    EXPECT_EQ(i, children[i].status);
  }
}

TEST_F(ProcessTest, NoExitCallbackAfterClose) {
  Child child({told_child(), "--wait"});
  ASSERT_EQ(0, child.spawn(loop));
  const int pid = child.process.pid;
  child.close();
  run();
  EXPECT_EQ(0, child.exits);
  EXPECT_EQ(0, uv_kill(pid, 0)) << "it goes on";
  EXPECT_EQ(0, uv_kill(pid, SIGKILL));
  if (!is_at_least(1, 52)) return test_support::reap(pid);  // libuv 1.44 does not.
  // The loop reaps it when it polls, which it does while it is alive.
  uv_idle_t idle;
  uv_idle_init(&loop, &idle);
  uv_idle_start(&idle, [](uv_idle_t*) {});
  while (uv_kill(pid, 0) == 0)
    uv_run(&loop, UV_RUN_NOWAIT);
  uv_close(reinterpret_cast<uv_handle_t*>(&idle), nullptr);
  run();
}

TEST_F(ProcessTest, UnreferencedChildrenDoNotHoldTheLoop) {
  Child child({told_child(), "--wait"});
  ASSERT_EQ(0, child.spawn(loop));
  uv_unref(reinterpret_cast<uv_handle_t*>(&child.process));
  run();
  EXPECT_EQ(0, child.exits);
  EXPECT_EQ(0, uv_process_kill(&child.process, SIGKILL));
  uv_ref(reinterpret_cast<uv_handle_t*>(&child.process));
  run();
  EXPECT_EQ(SIGKILL, child.signal);
}

TEST_F(ProcessTest, DetachedChildrenAreFollowedToo) {
  Child child({told_child()});
  child.options.flags = UV_PROCESS_DETACHED;
  ASSERT_EQ(0, child.spawn(loop));
  run();
  EXPECT_EQ(7, child.status);
}

}  // namespace
}  // namespace conformance
