// VIOLET_SPAWN=fork: for programs that have work for the moment between fork(2) and execve(2).
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "platform.h"
#include "process_posix_support.h"
#include "support.h"

namespace conformance {
namespace {

// What the handlers below did in this process, and what they do in a child.
int prepared = 0;
int returned = 0;
void (*in_child)() = nullptr;

void install_handlers() {
  static const int installed = pthread_atfork([] { ++prepared; }, [] { ++returned; },
                                              [] {
                                                if (in_child != nullptr) in_child();
                                              });
  ASSERT_EQ(0, installed);
}

class SpawnFork : public ProcessTest {
 protected:
  void SetUp() override {
    ProcessTest::SetUp();
    install_handlers();
    prepared = returned = 0;
    ASSERT_EQ(0, uv_os_setenv("VIOLET_SPAWN", "fork"));
  }
  void TearDown() override {
    in_child = nullptr;
    uv_os_unsetenv("VIOLET_SPAWN");
    ProcessTest::TearDown();
  }
};

TEST_F(SpawnFork, RunsTheHandlersOnce) {
  in_child = [] { umask(0123); };
  Child child({"/bin/sh", "-c", "umask"});
  EXPECT_EQ(0, run_script(*this, child));
  EXPECT_EQ("0123\n", contents(output));
  EXPECT_EQ(1, prepared);
  EXPECT_EQ(1, returned);
}

TEST_F(SpawnFork, IsAskedForAnewByEachSpawn) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 always forks";
  ASSERT_EQ(0, uv_os_unsetenv("VIOLET_SPAWN"));
  Child plain({"true"});
  EXPECT_EQ(0, run_script(*this, plain));
  EXPECT_EQ(0, prepared);
  ASSERT_EQ(0, uv_os_setenv("VIOLET_SPAWN", "else"));
  Child other({"true"});
  EXPECT_EQ(0, run_script(*this, other));
  EXPECT_EQ(0, prepared);
  ASSERT_EQ(0, uv_os_setenv("VIOLET_SPAWN", "fork"));
  Child forked({"true"});
  EXPECT_EQ(0, run_script(*this, forked));
  EXPECT_EQ(1, prepared);
}

TEST_F(SpawnFork, TellsWhatKeptTheProgramFromRunning) {
  Child missing({"/nonexistent/program"});
  expect_failure(missing, UV_ENOENT);
  Child folder({"/"});
  expect_failure(folder, UV_EACCES);
  Child nowhere({"true"});
  nowhere.options.cwd = "/nonexistent";
  expect_failure(nowhere, UV_ENOENT);
  Child closed({"true"});
  closed.give(3, 999);
  expect_failure(closed, UV_EBADF);
  Child after({"/bin/sh", "-c", "exit 3"});
  EXPECT_EQ(3, run_script(*this, after));
}

TEST_F(SpawnFork, TellsThatTheChildEndedInAHandler) {
  in_child = [] { _exit(9); };
  Child child({"true"});
  EXPECT_EQ(9, run_script(*this, child)) << "a child like any other";
}

TEST_F(SpawnFork, StartsWithDefaultSignalsAndNoneBlocked) {
  in_child = [] {
    signal(SIGTERM, SIG_IGN);
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, nullptr);
  };
  Child terminated({"/bin/sh", "-c", "kill -s TERM $$; exit 0"});
  run_script(*this, terminated);
  EXPECT_EQ(SIGTERM, terminated.signal) << "neither blocked nor ignored";
  if (!has_process_files()) return;
  Child child({"/bin/sh", "-c", "grep -E 'Sig(Blk|Ign)' /proc/self/status"});
  EXPECT_EQ(0, run_script(*this, child));
  EXPECT_EQ("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n", contents(output));
}

TEST_F(SpawnFork, GivesTheSameDescriptors) {
  std::string seen[2];
  for (std::string& list : seen) {
    Child child({"/bin/sh", "-c", kListInherited});
    int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    child.give(5, file);
    EXPECT_EQ(0, run_script(*this, child));
    ::close(file);
    list = contents(output);
    uv_os_unsetenv("VIOLET_SPAWN");
  }
  EXPECT_NE(std::string::npos, ("\n" + seen[0]).find("\n5\n")) << seen[0];
  EXPECT_EQ(seen[1], seen[0]);
}

TEST_F(SpawnFork, PipesWork) {
  uv_pipe_t pipe;
  ASSERT_EQ(0, uv_pipe_init(&loop, &pipe, 0));
  Child child({"/bin/sh", "-c", "read line; test \"$line\" = hello"});
  child.pipe(0, UV_READABLE_PIPE, reinterpret_cast<uv_stream_t*>(&pipe));
  ASSERT_EQ(0, child.spawn(loop));
  uv_buf_t line = uv_buf_init(const_cast<char*>("hello\n"), 6);
  EXPECT_EQ(6, uv_try_write(reinterpret_cast<uv_stream_t*>(&pipe), &line, 1));
  run();
  EXPECT_EQ(0, child.status);
  uv_close(reinterpret_cast<uv_handle_t*>(&pipe), nullptr);
  run();
}

}  // namespace
}  // namespace conformance
