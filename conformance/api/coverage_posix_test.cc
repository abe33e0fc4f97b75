// Functions and failures of POSIX systems that no test of a subject reaches.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "loop_fixture.h"
#include "platform.h"

namespace conformance {
namespace {

class PosixAccessors : public LoopTest {};

TEST(PosixTerminal, TheVirtualTerminalStateIsWindowsOnly) {
  uv_tty_vtermstate_t state;
  EXPECT_EQ(UV_ENOTSUP, uv_tty_get_vterm_state(&state));
  uv_tty_set_vterm_state(UV_TTY_SUPPORTED);
  // In random order another test may have changed the mode of a terminal that is gone by now. What
  // it does to a terminal is tested in tty_test.cc, in processes of their own.
  const int reset = uv_tty_reset_mode();
  EXPECT_TRUE(reset == 0 || is_gone_terminal(reset)) << reset;
}

TEST_F(PosixAccessors, OptionsNeedTheRightSocket) {
  int ends[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  uv_tcp_t& tcp = fresh<uv_tcp_t>();
  uv_tcp_init(&loop, &tcp);
  ASSERT_EQ(0, uv_tcp_open(&tcp, ends[0]));
  EXPECT_GT(0, uv_tcp_nodelay(&tcp, 1)) << "no TCP socket";
  ::close(ends[1]);
}

TEST(Limits, APipeNeedsFreeDescriptors) {
  rlimit before;
  getrlimit(RLIMIT_NOFILE, &before);
  const rlimit none = {0, before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &none);
  uv_file ends[2];
  int error = uv_pipe(ends, 0, 0);
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(UV_EMFILE, error);
}

TEST(Limits, AThreadCannotJoinItself) {
  uv_thread_t self = uv_thread_self();
  EXPECT_GT(0, uv_thread_join(&self));
}

TEST_F(PosixAccessors, AClosedTerminalHasNoSize) {
  int end = posix_openpt(O_RDWR | O_NOCTTY);
  ASSERT_LE(0, end);
  grantpt(end);
  unlockpt(end);
  int terminal = open(ptsname(end), O_RDWR | O_NOCTTY);
  uv_tty_t& tty = fresh<uv_tty_t>();
  ASSERT_EQ(0, uv_tty_init(&loop, &tty, terminal, 1));
  uv_close(reinterpret_cast<uv_handle_t*>(&tty), nullptr);
  int width, height;
  EXPECT_GT(0, uv_tty_get_winsize(&tty, &width, &height));
  run();
  ::close(terminal);
  ::close(end);
}

}  // namespace
}  // namespace conformance
