// Starting programs, and how they end, on Windows.
#include <open_handles.h>

#include <csignal>

#include "process_support.h"

namespace conformance {
namespace {

// A program that crashes ends with an NTSTATUS, which has 32 bits and no sign.
TEST_F(ProcessTest, AStatusHas32Bits) {
  Child child({told_child(), "--exit", "0xC0000005"});
  ASSERT_EQ(0, child.spawn(loop));
  run();
  EXPECT_EQ(0xC0000005, child.status);
}

TEST_F(ProcessTest, EndsByFourSignalsOnly) {
  Child child({told_child(), "--wait"});
  ASSERT_EQ(0, child.spawn(loop));
  EXPECT_EQ(UV_ENOSYS, uv_process_kill(&child.process, SIGHUP));
  EXPECT_EQ(0, uv_process_kill(&child.process, SIGQUIT));
  run();
  EXPECT_EQ(SIGQUIT, child.signal);
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

TEST_F(ProcessTest, ReportsWhatIsNoProgram) {
  Child folder({directory.path()});
  expect_failure(folder, UV_ENOENT);
  write_file(directory / "data.exe", "no program");
  Child no_program({directory / "data.exe"});
  expect_failure(no_program, UV_EFTYPE);
  Child file_as_folder({told_child()});
  file_as_folder.options.cwd = "c:\\windows\\system32\\cmd.exe";
  expect_failure(file_as_folder, UV_ENOENT);
  Child another_user({told_child()});
  another_user.options.flags = UV_PROCESS_SETUID;
  expect_failure(another_user, UV_ENOTSUP);
  Child no_arguments({told_child()});
  no_arguments.options.args = nullptr;
  expect_failure(no_arguments, UV_EINVAL);
  Child no_text({told_child(), "\xff"});
  expect_failure(no_text, UV_EINVAL);
}

// Its name in any case of letters, and the program with its suffix or without.
TEST_F(ProcessTest, FindsThePathWhateverItsLetters) {
  std::string path = "path=c:\\nowhere;" + own_folder();
  char* environment[] = {path.data(), nullptr};
  for (const char* name : {"told_child", "told_child.exe"}) {
    Child known({name});
    known.options.env = environment;
    known.options.cwd = "c:\\windows";
    EXPECT_EQ(0, known.spawn(loop)) << name;
    run();
    EXPECT_EQ(7, known.status);
  }
}

TEST_F(ProcessTest, GivesArgumentsAsTheyAre) {
  Child verbatim({told_child(), "o n e", "\"t w", "o\""});
  verbatim.options.flags = UV_PROCESS_WINDOWS_VERBATIM_ARGUMENTS;
  EXPECT_EQ("[" + told_child() + "]\n[o]\n[n]\n[e]\n[t w o]\n", told_by(verbatim));
}

TEST_F(ProcessTest, AnEnvironmentHasWhatNothingWorksWithout) {
  Child child({told_child(), "--environment"});
  char colour[] = "COLOUR=violet";
  char* environment[] = {colour, nullptr};
  child.options.env = environment;
  const std::string told = told_by(child);
  EXPECT_NE(std::string::npos, told.find("\nUSERPROFILE=")) << told;
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
  // Threads of the system's may end meanwhile.
  EXPECT_GE(before, test_support::count_open_handles());
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
  Child child({beside_us("spawning_child"), told_child()});
  const Survivor grandchild(told_by(child));
  EXPECT_TRUE(grandchild.ends_within(20'000));
}

TEST_F(ProcessTest, DetachedChildrenLiveOn) {
  Child child({beside_us("spawning_child"), "--detached", told_child()});
  const Survivor grandchild(told_by(child));
  EXPECT_FALSE(grandchild.ends_within(500));
}

}  // namespace
}  // namespace conformance
