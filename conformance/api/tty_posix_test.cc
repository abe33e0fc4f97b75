// Terminals, on a pseudo terminal of the test's own.
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <csignal>

#include "platform.h"
#include "stream_support.h"
#include "system.h"

namespace conformance {
namespace {

class Tty : public StreamTest {
 protected:
  void SetUp() override {
    StreamTest::SetUp();
    winsize size = {};
    size.ws_col = 81;
    size.ws_row = 25;
    if (openpty(&master_, &slave_, nullptr, nullptr, &size) != 0) {
      GTEST_SKIP() << "no pseudo terminals here";
    }
    ASSERT_EQ(0, uv_tty_init(&loop_, &tty_, slave_, 1));
  }

  void TearDown() override {
    StreamTest::TearDown();
    ::close(master_);
    ::close(slave_);
  }

  termios settings() const {
    termios now;
    tcgetattr(slave_, &now);
    return now;
  }

  int master_ = -1;
  int slave_ = -1;
  uv_tty_t tty_;
};

TEST_F(Tty, InitRefusesFilesAndWhatIsNotOpen) {
  uv_tty_t other;
  EXPECT_EQ(UV_EINVAL, uv_tty_init(&loop_, &other, -1, 0));
  int file = open("/dev/null", O_RDONLY);
  EXPECT_EQ(UV_EINVAL, uv_tty_init(&loop_, &other, file, 0));
  ::close(file);
}

TEST_F(Tty, OtherUsersOfTheTerminalAreNotMadeNonBlocking) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "this library changes the descriptor it was given";
  EXPECT_EQ(0, fcntl(slave_, F_GETFL) & O_NONBLOCK);
}

TEST_F(Tty, ReadsAndWrites) {
  EXPECT_TRUE(uv_is_readable(stream(tty_)));
  EXPECT_TRUE(uv_is_writable(stream(tty_)));
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_RAW));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tty_)));
  ASSERT_EQ(3, write(master_, "key", 3));
  run_until([&] { return reader.text == "key"; });
  Write output;
  ASSERT_EQ(0, output.start(stream(tty_), "out\n"));
  run_until([&] { return output.calls == 1; });
  char shown[16];
  EXPECT_EQ(5, read(master_, shown, sizeof(shown)));
  EXPECT_EQ("out\r\n", std::string(shown, 5));
}

TEST_F(Tty, ModesChangeTheTerminal) {
  const termios normal = settings();
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_RAW));
  EXPECT_EQ(0u, settings().c_lflag & (ECHO | ICANON | IEXTEN | ISIG));
  EXPECT_EQ(0u, settings().c_iflag & (ICRNL | IXON));
  EXPECT_NE(0u, settings().c_oflag & OPOST);
  EXPECT_EQ(1, settings().c_cc[VMIN]);
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_IO));
  EXPECT_EQ(0u, settings().c_oflag & OPOST);
  if (is_at_least(1, 51)) {
    ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_RAW_VT));
    EXPECT_EQ(0u, settings().c_lflag & (ECHO | ICANON));
    EXPECT_EQ(UV_EINVAL, uv_tty_set_mode(&tty_, static_cast<uv_tty_mode_t>(9)));
  }
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_NORMAL));
  EXPECT_EQ(normal.c_lflag, settings().c_lflag);
  EXPECT_EQ(normal.c_iflag, settings().c_iflag);
}

// The process's first terminal is remembered, so each of these has a process of its own, from the
// program's start. Its exit status tells the first step that went wrong.
class TtyReset : public testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

volatile sig_atomic_t reset_result = 1;

int reset_in_signal_handler() {
  struct sigaction action = {};
  action.sa_handler = [](int) { reset_result = uv_tty_reset_mode(); };
  sigaction(SIGUSR1, &action, nullptr);
  raise(SIGUSR1);
  return reset_result;
}

struct RawTerminal {
  int master, slave;
  termios before, raw, after;
  uv_tty_t tty;

  bool open() {
    if (openpty(&master, &slave, nullptr, nullptr, nullptr) != 0) return false;
    tcgetattr(slave, &before);
    if (uv_tty_init(uv_default_loop(), &tty, slave, 1) != 0) return false;
    if (uv_tty_set_mode(&tty, UV_TTY_MODE_RAW) != 0) return false;
    tcgetattr(slave, &raw);
    return raw.c_lflag != before.c_lflag && raw.c_iflag != before.c_iflag;
  }
  bool is_as_before() {
    tcgetattr(slave, &after);
    return after.c_lflag == before.c_lflag && after.c_iflag == before.c_iflag &&
           after.c_oflag == before.c_oflag && after.c_cflag == before.c_cflag;
  }
};

TEST_F(TtyReset, SetsTheTerminalBackInASignalHandler) {
  auto body = [] {
    RawTerminal terminal;
    if (uv_tty_reset_mode() != 0) return 1;  // nothing to set back
    if (!terminal.open()) return 2;
    if (reset_in_signal_handler() != 0) return 3;
    return terminal.is_as_before() ? 0 : 4;
  };
  EXPECT_EXIT(_exit(body()), testing::ExitedWithCode(0), "");
}

TEST_F(TtyReset, SetsTheTerminalBackAfterTheHandleIsClosed) {
  if (!is_at_least(1, 52)) GTEST_SKIP() << "libuv 1.44 forgets a terminal that is closed";
  auto body = [] {
    RawTerminal terminal;
    if (!terminal.open()) return 2;
    uv_close(reinterpret_cast<uv_handle_t*>(&terminal.tty), nullptr);
    uv_run(uv_default_loop(), UV_RUN_DEFAULT);
    if (uv_tty_reset_mode() != 0) return 3;
    return terminal.is_as_before() ? 0 : 4;
  };
  EXPECT_EXIT(_exit(body()), testing::ExitedWithCode(0), "");
}

TEST_F(TtyReset, TellsThatTheTerminalIsGone) {
  auto body = [] {
    RawTerminal terminal;
    if (!terminal.open()) return 2;
    ::close(terminal.master);
    return is_gone_terminal(uv_tty_reset_mode()) ? 0 : 3;
  };
  EXPECT_EXIT(_exit(body()), testing::ExitedWithCode(0), "");
}

// Whichever terminal is remembered: this one, or one of a test before, which is gone.
TEST_F(Tty, ResetModeWorksInASignalHandler) {
  ASSERT_EQ(0, uv_tty_set_mode(&tty_, UV_TTY_MODE_RAW));
  struct sigaction before;
  sigaction(SIGUSR1, nullptr, &before);
  const int result = reset_in_signal_handler();
  sigaction(SIGUSR1, &before, nullptr);
  EXPECT_TRUE(result == 0 || is_gone_terminal(result)) << result;
}

TEST_F(Tty, WindowSizeAndConsoleState) {
  int columns = 0;
  int rows = 0;
  ASSERT_EQ(0, uv_tty_get_winsize(&tty_, &columns, &rows));
  EXPECT_EQ(81, columns);
  EXPECT_EQ(25, rows);
  uv_tty_vtermstate_t state;
  uv_tty_set_vterm_state(UV_TTY_SUPPORTED);
  EXPECT_EQ(UV_ENOTSUP, uv_tty_get_vterm_state(&state));
}

TEST_F(Tty, TheMasterSideIsATerminalToo) {
  uv_tty_t master;
  ASSERT_EQ(0, uv_tty_init(&loop_, &master, dup(master_), 0));
  Write write;
  ASSERT_EQ(0, write.start(stream(master), "typed\n"));
  Reader reader;
  ASSERT_EQ(0, reader.start(stream(tty_)));
  run_until([&] { return reader.text == "typed\n"; });
  close(master);
  run_until([] { return true; });
}

}  // namespace
}  // namespace conformance
