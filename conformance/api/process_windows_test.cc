// Starting programs on Windows, and how they end.
#include <open_handles.h>

#include <deque>

#include "process_windows_support.h"

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

// A program that crashes ends with an NTSTATUS, which has 32 bits and no sign.
TEST_F(ProcessTest, AStatusHas32Bits) {
  Child child({told_child(), "--exit", "0xC0000005"});
  ASSERT_EQ(0, child.spawn(loop));
  run();
  EXPECT_EQ(0xC0000005, child.status);
}

TEST_F(ProcessTest, ReportsTheSignalThatEndedIt) {
  for (int number : {SIGTERM, SIGINT, SIGKILL, SIGQUIT}) {
    Child child({told_child(), "--wait"});
    ASSERT_EQ(0, child.spawn(loop));
    EXPECT_EQ(0, uv_process_kill(&child.process, 0));
    EXPECT_EQ(UV_EINVAL, uv_process_kill(&child.process, 1000));
    EXPECT_EQ(UV_EINVAL, uv_process_kill(&child.process, -1));
    EXPECT_EQ(UV_ENOSYS, uv_process_kill(&child.process, SIGHUP));
    EXPECT_EQ(0, uv_process_kill(&child.process, number));
    run();
    EXPECT_EQ(1, child.exits);
    EXPECT_EQ(1, child.status);
    EXPECT_EQ(number, child.signal);
    EXPECT_EQ(UV_ESRCH, uv_process_kill(&child.process, 0));
    EXPECT_EQ(UV_ESRCH, uv_process_kill(&child.process, number));
  }
}

// The system does not tell who ended it, or for what.
TEST_F(ProcessTest, EndedByItsNumberItHasNoSignal) {
  Child child({told_child(), "--wait"});
  ASSERT_EQ(0, child.spawn(loop));
  EXPECT_EQ(0, uv_kill(child.process.pid, SIGTERM));
  run();
  EXPECT_EQ(1, child.status);
  EXPECT_EQ(0, child.signal);
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
  for (const std::string& nothing : {std::string("violet-no-such-program"), std::string(),
                                     std::string("c:\\nowhere\\program"), directory.path()}) {
    SCOPED_TRACE(nothing);
    Child child({nothing});
    expect_failure(child, UV_ENOENT);
  }
  write_file(directory / "data.exe", "no program");
  Child no_program({directory / "data.exe"});
  expect_failure(no_program, UV_EFTYPE);
  for (const char* nowhere : {"c:\\nowhere", "c:\\windows\\system32\\cmd.exe"}) {
    Child child({told_child()});
    child.options.cwd = nowhere;
    expect_failure(child, UV_ENOENT);
  }
  Child bad_descriptor({told_child()});
  bad_descriptor.give(0, 1000);
  expect_failure(bad_descriptor, UV_EBADF);
  Child another_user({told_child()});
  another_user.options.flags = UV_PROCESS_SETUID;
  expect_failure(another_user, UV_ENOTSUP);
  Child no_arguments({told_child()});
  no_arguments.options.args = nullptr;
  expect_failure(no_arguments, UV_EINVAL);
  Child no_text({told_child(), "\xff"});
  expect_failure(no_text, UV_EINVAL);
}

TEST_F(ProcessTest, RefusesOptionsThatMakeNoSense) {
  Child negative({told_child()});
  negative.give(0, -1);
  expect_failure(negative, UV_EINVAL);
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
  const std::string program = told_child();
  std::string path = "path=c:\\nowhere;" + program.substr(0, program.find_last_of('\\'));
  char* environment[] = {path.data(), nullptr};
  for (const char* name : {"told_child", "told_child.exe"}) {
    Child known({name});
    known.options.env = environment;
    known.options.cwd = "c:\\windows";
    EXPECT_EQ(0, known.spawn(loop)) << name;
    run();
    EXPECT_EQ(7, known.status);
  }
  Child unknown({"told_child"});
  unknown.options.cwd = "c:\\windows";
  expect_failure(unknown, UV_ENOENT);
}

TEST_F(ProcessTest, FindsARelativeProgramInTheNewDirectory) {
  const std::string folder = beside_us("");
  Child child({".\\told_child"});
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
  Child verbatim({told_child(), "o n e", "\"t w", "o\""});
  verbatim.options.flags = UV_PROCESS_WINDOWS_VERBATIM_ARGUMENTS;
  EXPECT_EQ("[" + told_child() + "]\n[o]\n[n]\n[e]\n[t w o]\n", told_by(verbatim));
}

TEST_F(ProcessTest, GivesEnvironmentAndDirectory) {
  Child child({told_child(), "--environment"});
  char colour[] = "COLOUR=violet";
  char* environment[] = {colour, nullptr};
  child.options.env = environment;
  ASSERT_EQ(0, uv_os_setenv("VIOLET_TEST", "inherited"));
  const std::string told = told_by(child);
  EXPECT_NE(std::string::npos, told.find("COLOUR=violet\n")) << told;
  EXPECT_NE(std::string::npos, told.find("\nUSERPROFILE=")) << "nothing works without" << told;
  EXPECT_EQ(std::string::npos, told.find("VIOLET_TEST"));
  Child heir({told_child(), "--environment"});
  EXPECT_NE(std::string::npos, told_by(heir).find("\nVIOLET_TEST=inherited\n"));
  uv_os_unsetenv("VIOLET_TEST");
  Child elsewhere({told_child(), "--directory"});
  elsewhere.options.cwd = "c:\\windows";
  EXPECT_STRCASEEQ("c:\\windows\n", told_by(elsewhere).c_str());
}

// More than the 63 that one thread of the system waits for.
TEST_F(ProcessTest, FollowsManyAtOnce) {
  constexpr int kChildren = 100;
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

TEST_F(ProcessTest, ManyOneAfterTheOtherLeaveNoHandles) {
  int before = 0;
  for (int i = 0; i < 60; ++i) {
    // The first ones start threads of the system's.
    if (i == 10) before = test_support::count_open_handles();
    Child child({told_child()});
    if (i % 3 == 0) child.options.cwd = "c:\\nowhere";
    if (child.spawn(loop) != 0) child.close();
    run();
  }
  EXPECT_EQ(before, test_support::count_open_handles());
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
  uv_idle_t idle;
  uv_idle_init(&loop, &idle);
  uv_idle_start(&idle, [](uv_idle_t*) {});
  while (uv_kill(pid, 0) == 0)
    uv_run(&loop, UV_RUN_NOWAIT);
  uv_close(reinterpret_cast<uv_handle_t*>(&idle), nullptr);
  run();
}

TEST_F(ProcessTest, ALoopMayGoBeforeTheChild) {
  uv_loop_t other;
  ASSERT_EQ(0, uv_loop_init(&other));
  Child child({told_child(), "--wait"});
  ASSERT_EQ(0, child.spawn(other));
  child.close();
  EXPECT_EQ(0, uv_run(&other, UV_RUN_DEFAULT));
  EXPECT_EQ(0, uv_loop_close(&other));
  EXPECT_EQ(0, uv_kill(child.process.pid, SIGKILL));
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

// A program that starts another one and ends at once: the other's process, or null when it has
// ended too.
class Survivor {
 public:
  explicit Survivor(const std::string& told)
      : handle_(OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE,
                            static_cast<DWORD>(std::stoul(told)))) {}
  Survivor(const Survivor&) = delete;
  ~Survivor() {
    if (handle_ == nullptr) return;
    TerminateProcess(handle_, 1);
    CloseHandle(handle_);
  }
  bool ends_within(DWORD milliseconds) const {
    return handle_ == nullptr || WaitForSingleObject(handle_, milliseconds) == WAIT_OBJECT_0;
  }

 private:
  HANDLE handle_;
};

TEST_F(ProcessTest, ChildrenEndWithTheirParent) {
  Child child({beside_us("spawning_child.exe"), told_child()});
  const Survivor grandchild(told_by(child));
  EXPECT_TRUE(grandchild.ends_within(20'000));
}

TEST_F(ProcessTest, DetachedChildrenLiveOn) {
  Child child({beside_us("spawning_child.exe"), "--detached", told_child()});
  const Survivor grandchild(told_by(child));
  EXPECT_FALSE(grandchild.ends_within(500));
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
