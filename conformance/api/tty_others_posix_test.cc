// A terminal that others use too: the far side of a pseudo terminal, processes that change its
// settings, and a process in the background.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "stream_support.h"
#include "system.h"

namespace conformance {
namespace {

class SharedTty : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    if (openpty(&master_, &slave_, nullptr, nullptr, nullptr) != 0) {
      GTEST_SKIP() << "no pseudo terminals here";
    }
  }
  void TearDown() override {
    StreamTest::TearDown();
    ::close(master_);
    ::close(slave_);
  }

  tcflag_t local_flags() const {
    termios now;
    tcgetattr(slave_, &now);
    return now.c_lflag;
  }
  void change_local_flags(tcflag_t set, tcflag_t cleared) const {
    termios now;
    tcgetattr(slave_, &now);
    now.c_lflag = (now.c_lflag | set) & ~cleared;
    ASSERT_EQ(0, tcsetattr(slave_, TCSANOW, &now));
  }

  int master_ = -1;
  int slave_ = -1;
  // Closed with the loop, after the test.
  uv_tty_t tty_;
};

constexpr tcflag_t kCooked = ICANON | ECHO;

TEST_F(SharedTty, AModeThatIsAskedForAgainIsAppliedAgain) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 does not look at the terminal again";
  ASSERT_EQ(0, uv_tty_init(&loop_, &tty_, slave_, 1));
  for (uv_tty_mode_t mode : {UV_TTY_MODE_RAW, UV_TTY_MODE_IO}) {
    ASSERT_EQ(0, uv_tty_set_mode(&tty_, mode));
    EXPECT_EQ(0u, local_flags() & kCooked);
    change_local_flags(kCooked, 0);
    ASSERT_EQ(0, uv_tty_set_mode(&tty_, mode));
    EXPECT_EQ(0u, local_flags() & kCooked) << mode;
  }
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_NORMAL));
  EXPECT_EQ(kCooked, local_flags() & kCooked);
}

// Normal is how others left it, since nothing is changed on it.
TEST_F(SharedTty, TheNormalModeIsLeftAsOthersSetIt) {
  ASSERT_EQ(0, uv_tty_init(&loop_, &tty_, slave_, 1));
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_RAW));
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_NORMAL));
  change_local_flags(0, ECHO);
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_NORMAL));
  EXPECT_EQ(ICANON, local_flags() & kCooked);
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_RAW));
  EXPECT_EQ(0u, local_flags() & kCooked);
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_NORMAL));
  EXPECT_EQ(ICANON, local_flags() & kCooked) << "as it was before the second change";
}

// libuv's bit of uv_stream_t.flags, as its handles show it.
constexpr unsigned kWritesBlock = 0x100000;

TEST_F(SharedTty, TheMasterIsUsedAsItIsGiven) {
  for (int more : {0, O_NONBLOCK}) {
    const int given = fcntl(master_, F_DUPFD_CLOEXEC, 3);
    ASSERT_EQ(0, fcntl(given, F_SETFL, fcntl(given, F_GETFL) | more));
    const int flags = fcntl(given, F_GETFL);
    ASSERT_EQ(0, uv_tty_init(&loop_, &tty_, given, 0));
    uv_os_fd_t used = -1;
    ASSERT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&tty_), &used));
    EXPECT_EQ(given, used);
    EXPECT_EQ(flags, fcntl(given, F_GETFL));
    EXPECT_EQ(kWritesBlock, tty_.flags & kWritesBlock);
    close(tty_);
    run_until([] { return true; });
  }
}

TEST_F(SharedTty, ATerminalOpenedAnewDoesNotBlock) {
  ASSERT_EQ(0, uv_tty_init(&loop_, &tty_, slave_, 0));
  uv_os_fd_t used = -1;
  ASSERT_EQ(0, uv_fileno(reinterpret_cast<uv_handle_t*>(&tty_), &used));
  EXPECT_NE(slave_, used);
  EXPECT_EQ(0u, tty_.flags & kWritesBlock);
}

// More than the terminal holds: the call is over when the other side has read enough of it.
TEST_F(SharedTty, WritesToTheMasterBlock) {
  termios raw;
  ASSERT_EQ(0, tcgetattr(slave_, &raw));
  cfmakeraw(&raw);
  ASSERT_EQ(0, tcsetattr(slave_, TCSANOW, &raw));
  const std::string text(300'000, 'x');
  std::size_t received = 0;
  std::thread reader([&] {
    char buffer[4096];
    while (received < text.size()) {
      const ssize_t count = ::read(slave_, buffer, sizeof(buffer));
      if (count <= 0) return;
      received += static_cast<std::size_t>(count);
    }
  });
  ASSERT_EQ(0, uv_tty_init(&loop_, &tty_, fcntl(master_, F_DUPFD_CLOEXEC, 3), 0));
  Write write;
  ASSERT_EQ(0, write.start(stream(tty_), text));
  EXPECT_EQ(0u, tty_.write_queue_size);
  reader.join();
  EXPECT_EQ(text.size(), received);
  EXPECT_EQ(0, write.calls) << "not inside the call";
  run_until([&] { return write.calls == 1; });
}

// The process's first terminal is the one that is set back, so each of these has a process of its
// own, from the program's start. Its exit status tells the first step that went wrong.
class BackgroundTty : public testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

constexpr int kWasStopped = 77;

// Does `body` in a process in the background of the terminal; its status, or kWasStopped.
template <typename Body>
int in_the_background(Body body) {
  const pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0);
    _exit(body());
  }
  int status = 0;
  if (waitpid(child, &status, WUNTRACED) != child) return 70;
  if (!WIFSTOPPED(status)) return WIFEXITED(status) ? WEXITSTATUS(status) : 71;
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
  return kWasStopped;
}

struct ControllingTerminal {
  int master, slave;
  termios before, raw;
  uv_tty_t tty;

  // The session's leader, in front, puts the terminal into raw mode.
  bool take() {
    if (openpty(&master, &slave, nullptr, nullptr, nullptr) != 0) return false;
    if (setsid() < 0 || ioctl(slave, TIOCSCTTY, 0) != 0) return false;
    tcgetattr(slave, &before);
    if (uv_tty_init(uv_default_loop(), &tty, slave, 1) != 0) return false;
    if (uv_tty_set_mode(&tty, UV_TTY_MODE_RAW) != 0) return false;
    tcgetattr(slave, &raw);
    return raw.c_lflag != before.c_lflag;
  }
  bool is_set_back() const {
    termios now;
    tcgetattr(slave, &now);
    return now.c_lflag == before.c_lflag;
  }
};

// The leader of a process group cannot begin a session.
template <typename Body>
int in_a_child(Body body) {
  const pid_t child = fork();
  if (child == 0) _exit(body());
  int status = 0;
  if (waitpid(child, &status, 0) != child) return 60;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 61;
}

template <typename Body>
int behind_a_raw_terminal(Body body) {
  return in_a_child([&] {
    ControllingTerminal terminal;
    if (!terminal.take()) return 80;
    if (int result = in_the_background([&] { return body(terminal); }); result != 0) return result;
    return terminal.is_set_back() ? 0 : 81;
  });
}

TEST_F(BackgroundTty, ResetDoesNotStopTheProcess) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 lets it be stopped";
  auto body = [] {
    return behind_a_raw_terminal([](ControllingTerminal&) {
      sigset_t before, after;
      pthread_sigmask(SIG_SETMASK, nullptr, &before);
      if (uv_tty_reset_mode() != 0) return 1;
      pthread_sigmask(SIG_SETMASK, nullptr, &after);
      return sigismember(&after, SIGTTOU) == sigismember(&before, SIGTTOU) ? 0 : 2;
    });
  };
  EXPECT_EXIT(_exit(body()), testing::ExitedWithCode(0), "");
}

TEST_F(BackgroundTty, GivingTheTerminalBackDoesNotStopTheProcess) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 lets it be stopped";
  auto body = [] {
    return behind_a_raw_terminal([](ControllingTerminal& terminal) {
      return uv_tty_set_mode(&terminal.tty, UV_TTY_MODE_NORMAL) == 0 ? 0 : 1;
    });
  };
  EXPECT_EXIT(_exit(body()), testing::ExitedWithCode(0), "");
}

// Job control: whoever wants the terminal waits until it comes to the front.
TEST_F(BackgroundTty, TakingTheTerminalOverStopsTheProcess) {
  auto body = [] {
    return behind_a_raw_terminal([](ControllingTerminal& terminal) {
      return uv_tty_set_mode(&terminal.tty, UV_TTY_MODE_IO) == 0 ? 0 : 1;
    });
  };
  EXPECT_EXIT(_exit(body()), testing::ExitedWithCode(kWasStopped), "");
}

}  // namespace
}  // namespace conformance
