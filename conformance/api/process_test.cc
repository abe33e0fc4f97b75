#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <initializer_list>
#include <sstream>
#include <string>
#include <vector>

#include "support.h"

namespace {

std::string contents(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class Directory {
 public:
  Directory() {
    char name[256];
    size_t size = sizeof(name);
    EXPECT_EQ(0, uv_os_tmpdir(name, &size));
    path_ = std::string(name) + "/violet-process-XXXXXX";
    EXPECT_NE(nullptr, mkdtemp(path_.data()));
  }
  ~Directory() { EXPECT_EQ(0, std::system(("rm -r " + path_).c_str())); }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

  void write_program(const std::string& name, const std::string& text, mode_t mode = 0755) const {
    std::ofstream(*this / name) << text;
    EXPECT_EQ(0, chmod((*this / name).c_str(), mode));
  }

 private:
  std::string path_;
};

// A child and what became of it.
struct Child {
  uv_process_t process = {};
  uv_process_options_t options = {};
  std::vector<std::string> arguments;
  std::vector<char*> pointers;
  uv_stdio_container_t stdio[8] = {};
  int exits = 0;
  std::int64_t status = -1;
  int signal = -1;

  Child(const Child&) = delete;
  explicit Child(std::initializer_list<std::string> command) : arguments(command) {
    for (std::string& argument : arguments)
      pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    options.file = pointers[0];
    options.args = pointers.data();
    options.exit_cb = on_exit;
    options.stdio = stdio;
    process.data = this;
  }

  void give(int number, int descriptor) {
    stdio[number].flags = UV_INHERIT_FD;
    stdio[number].data.fd = descriptor;
    if (options.stdio_count <= number) options.stdio_count = number + 1;
  }

  int spawn(uv_loop_t& loop) { return uv_spawn(&loop, &process, &options); }

  static void on_exit(uv_process_t* process, std::int64_t status, int signal) {
    Child& child = *static_cast<Child*>(process->data);
    EXPECT_FALSE(uv_is_active(reinterpret_cast<uv_handle_t*>(process)));
    ++child.exits;
    child.status = status;
    child.signal = signal;
    child.close();
  }

  void close() { uv_close(reinterpret_cast<uv_handle_t*>(&process), nullptr); }
  bool active() { return uv_is_active(reinterpret_cast<uv_handle_t*>(&process)) != 0; }
};

class ProcessTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(0, uv_loop_init(&loop));
    output = directory / "output";
  }
  void TearDown() override { EXPECT_EQ(0, uv_loop_close(&loop)); }

  void run() { EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT)); }

  // The status of a shell script whose output goes to `output`.
  int run_script(Child& child) {
    int file = open(output.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
    if (child.options.stdio_count == 0) child.give(0, 0);
    child.give(1, file);
    int error = child.spawn(loop);
    EXPECT_EQ(0, error);
    close(file);
    if (error != 0) child.close();
    run();
    EXPECT_EQ(error == 0 ? 1 : 0, child.exits);
    return static_cast<int>(child.status);
  }

  void expect_failure(Child& child, int error) {
    EXPECT_EQ(error, child.spawn(loop));
    EXPECT_FALSE(child.active());
    child.close();
    run();
    EXPECT_EQ(0, child.exits);
    EXPECT_EQ(-1, waitpid(-1, nullptr, WNOHANG)) << "no zombie";
    EXPECT_EQ(ECHILD, errno);
  }

  uv_loop_t loop;
  Directory directory;
  std::string output;
};

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
  Child too_long({"true", std::string(1 << 20, 'x')});
  expect_failure(too_long, UV_E2BIG);
  Child bad_descriptor({"true"});
  bad_descriptor.give(0, 1000000);
  expect_failure(bad_descriptor, UV_EBADF);
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
  Child child({"grep", "-E", "SigBlk|SigIgn", "/proc/self/status"});
  run_script(child);
  signal(SIGPIPE, pipe_action);
  struct sigaction action;
  sigaction(SIGUSR1, nullptr, &action);
  EXPECT_NE(SIG_DFL, action.sa_handler) << "the parent's own stay";
  signal(SIGUSR1, user_action);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  EXPECT_EQ("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n", contents(output));
}

TEST_F(ProcessTest, PutsDescriptorsWhereTheyBelong) {
  if (!conformance::is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 closes one of them";
  // 3 and 4 change places, 5 gets what was 3: each source lies where another one goes.
  std::string paths[] = {directory / "a", directory / "b"};
  for (int i = 0; i < 2; ++i)
    std::ofstream(paths[i]) << (i == 0 ? "first" : "second");
  int low[2];
  int saved[2] = {fcntl(3, F_DUPFD_CLOEXEC, 20), fcntl(4, F_DUPFD_CLOEXEC, 20)};
  for (int i = 0; i < 2; ++i) {
    int file = open(paths[i].c_str(), O_RDONLY | O_CLOEXEC);
    low[i] = fcntl(file, F_DUPFD_CLOEXEC, 30);
    close(file);
  }
  ASSERT_EQ(3, dup3(low[0], 3, O_CLOEXEC));
  ASSERT_EQ(4, dup3(low[1], 4, O_CLOEXEC));
  Child child({"/bin/sh", "-c", "for n in 3 4 5; do readlink /proc/$$/fd/$n; done"});
  child.give(2, 2);
  child.give(3, 4);
  child.give(4, 3);
  child.give(5, 3);
  child.stdio[0].flags = UV_IGNORE;
  // The loop's own descriptors may have been at 3 or 4: put them back before it runs.
  int file = open(output.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  child.give(1, file);
  int error = child.spawn(loop);
  close(file);
  for (int i = 0; i < 2; ++i) {
    close(low[i]);
    if (saved[i] < 0) {
      close(3 + i);
    } else {
      dup3(saved[i], 3 + i, O_CLOEXEC);
      close(saved[i]);
    }
  }
  ASSERT_EQ(0, error);
  run();
  EXPECT_EQ(paths[1] + "\n" + paths[0] + "\n" + paths[0] + "\n", contents(output));
}

TEST_F(ProcessTest, IgnoredStandardStreamsAreTheNullDevice) {
  Child child({"/bin/sh", "-c",
               "all=$(for n in 0 1 2; do readlink /proc/$$/fd/$n; done); echo \"$all\" >$0",
               output});
  child.options.stdio_count = 1;
  ASSERT_EQ(0, child.spawn(loop));
  run();
  EXPECT_EQ("/dev/null\n/dev/null\n/dev/null\n", contents(output));
}

TEST_F(ProcessTest, LeaksNoDescriptors) {
  // What this test program itself has inherited stays inheritable.
  const std::string list = "ls /proc/self/fd | sort -n | tr '\\n' ' '";
  std::string plain = directory / "plain";
  ASSERT_EQ(0, std::system((list + " >" + plain).c_str()));
  Child beside({"sleep", "100"});
  ASSERT_EQ(0, beside.spawn(loop));
  Child child({"/bin/sh", "-c", "(" + list + "); kill " + std::to_string(beside.process.pid)});
  child.give(2, 2);
  run_script(child);
  EXPECT_EQ(contents(plain), contents(output));
  EXPECT_EQ(SIGTERM, beside.signal);
}

TEST_F(ProcessTest, DetachedChildrenLeadASession) {
  Child child({"/bin/sh", "-c", "cut -d' ' -f6 /proc/$$/stat; echo $$"});
  child.options.flags = UV_PROCESS_DETACHED;
  run_script(child);
  std::string pid = std::to_string(child.process.pid) + "\n";
  EXPECT_EQ(pid + pid, contents(output));
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
  if (conformance::is_at_least(1, 52)) {
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

// Everything that comes through a pipe, until its end.
struct Collector {
  uv_pipe_t pipe = {};
  std::string text;
  bool ended = false;

  explicit Collector(uv_loop_t& loop) {
    EXPECT_EQ(0, uv_pipe_init(&loop, &pipe, 0));
    pipe.data = this;
  }
  uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(&pipe); }
  void start() {
    auto allocate = [](uv_handle_t*, std::size_t, uv_buf_t* buffer) {
      static char memory[65536];
      *buffer = uv_buf_init(memory, sizeof(memory));
    };
    auto collect = [](uv_stream_t* stream, ssize_t size, const uv_buf_t* buffer) {
      Collector& self = *static_cast<Collector*>(stream->data);
      if (size > 0) self.text.append(buffer->base, static_cast<std::size_t>(size));
      if (size >= 0) return;
      EXPECT_EQ(UV_EOF, size);
      self.ended = true;
      uv_close(reinterpret_cast<uv_handle_t*>(stream), nullptr);
    };
    EXPECT_EQ(0, uv_read_start(stream(), allocate, collect));
  }
};

TEST_F(ProcessTest, PipesConnectBothWays) {
  Child child({"cat"});
  Collector input(loop), output_pipe(loop);
  child.stdio[0].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_READABLE_PIPE);
  child.stdio[0].data.stream = input.stream();
  child.stdio[1].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
  child.stdio[1].data.stream = output_pipe.stream();
  child.options.stdio_count = 2;
  ASSERT_EQ(0, child.spawn(loop));
  EXPECT_TRUE(uv_is_writable(input.stream()));
  EXPECT_FALSE(uv_is_readable(input.stream()));
  EXPECT_FALSE(uv_is_writable(output_pipe.stream()));
  EXPECT_TRUE(uv_is_readable(output_pipe.stream()));
  output_pipe.start();
  std::string text(1 << 20, 'v');
  uv_buf_t buffer = uv_buf_init(text.data(), static_cast<unsigned>(text.size()));
  uv_write_t write;
  ASSERT_EQ(0, uv_write(&write, input.stream(), &buffer, 1, [](uv_write_t* request, int status) {
              EXPECT_EQ(0, status);
              uv_close(reinterpret_cast<uv_handle_t*>(request->handle), nullptr);
            }));
  run();
  EXPECT_TRUE(output_pipe.ended);
  EXPECT_EQ(text, output_pipe.text);
  EXPECT_EQ(0, child.status);
}

TEST_F(ProcessTest, APipeMayGoBothWaysAndNotBlock) {
  if (!conformance::is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 ignores UV_NONBLOCK_PIPE";
  Child child({"/bin/sh", "-c", "grep flags /proc/self/fdinfo/0 /proc/self/fdinfo/1 >&2"});
  Collector both(loop), blocking(loop), errors(loop);
  child.stdio[0].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_READABLE_PIPE |
                                                     UV_WRITABLE_PIPE | UV_NONBLOCK_PIPE);
  child.stdio[0].data.stream = both.stream();
  child.stdio[1].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
  child.stdio[1].data.stream = blocking.stream();
  child.stdio[2].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
  child.stdio[2].data.stream = errors.stream();
  child.options.stdio_count = 3;
  ASSERT_EQ(0, child.spawn(loop));
  EXPECT_TRUE(uv_is_writable(both.stream()));
  EXPECT_TRUE(uv_is_readable(both.stream()));
  for (Collector* collector : {&both, &blocking, &errors})
    collector->start();
  run();
  EXPECT_EQ("/proc/self/fdinfo/0:flags:\t04002\n/proc/self/fdinfo/1:flags:\t02\n", errors.text);
}

TEST_F(ProcessTest, InheritsAStream) {
  int ends[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
  Collector reader(loop), inherited(loop);
  ASSERT_EQ(0, uv_pipe_open(&reader.pipe, ends[0]));
  ASSERT_EQ(0, uv_pipe_open(&inherited.pipe, ends[1]));
  Child child({"echo", "through a stream"});
  child.stdio[1].flags = UV_INHERIT_STREAM;
  child.stdio[1].data.stream = inherited.stream();
  child.options.stdio_count = 2;
  ASSERT_EQ(0, child.spawn(loop));
  uv_close(reinterpret_cast<uv_handle_t*>(&inherited.pipe), nullptr);
  reader.start();
  run();
  EXPECT_EQ("through a stream\n", reader.text);
}

TEST_F(ProcessTest, RefusesStreamsThatCannotBeUsed) {
  uv_tcp_t tcp;
  ASSERT_EQ(0, uv_tcp_init(&loop, &tcp));
  for (uv_stdio_flags flags : {UV_INHERIT_STREAM, UV_CREATE_PIPE}) {
    if (flags == UV_CREATE_PIPE && !conformance::is_at_least(1, 52)) continue;  // It aborts.
    Child child({"true"});
    child.options.stdio_count = 1;
    child.stdio[0].data.stream = reinterpret_cast<uv_stream_t*>(&tcp);
    child.stdio[0].flags = flags;
    expect_failure(child, UV_EINVAL);
  }
  uv_close(reinterpret_cast<uv_handle_t*>(&tcp), nullptr);
  run();
}

TEST_F(ProcessTest, PipesOfAProgramThatDoesNotExistJustEnd) {
  // Node.js goes on with them after the error.
  Child child({"violet-no-such-program"});
  Collector pipe(loop);
  child.stdio[1].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
  child.stdio[1].data.stream = pipe.stream();
  child.options.stdio_count = 2;
  EXPECT_EQ(UV_ENOENT, child.spawn(loop));
  pipe.start();
  child.close();
  run();
  EXPECT_TRUE(pipe.ended);
}

TEST_F(ProcessTest, WhatAChildWroteComesBeforeItsEnd) {
  if (!conformance::is_at_least(1, 52)) GTEST_SKIP() << "not promised by libuv";
  Child child({"echo", "last words"});
  Collector pipe(loop);
  child.stdio[1].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
  child.stdio[1].data.stream = pipe.stream();
  child.options.stdio_count = 2;
  ASSERT_EQ(0, child.spawn(loop));
  pipe.start();
  static bool complete;
  complete = false;
  child.process.exit_cb = [](uv_process_t* process, std::int64_t status, int signal) {
    complete = true;
    Child::on_exit(process, status, signal);
  };
  while (!complete)
    uv_run(&loop, UV_RUN_ONCE);
  EXPECT_EQ("last words\n", pipe.text);
  run();
}

}  // namespace
