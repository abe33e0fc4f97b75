/*
 * Raw mode is applied each time it is asked for: another process may have made the terminal cooked
 * meanwhile.
 *
 * rules: TTY-01
 * [since 1.52] total: raw(cooked=0), other(cooked=1), again(cooked=0), normal(cooked=1)
 * [before 1.52] total: raw(cooked=0), other(cooked=1), again(cooked=1), normal(cooked=1)
 * differs: libuv takes the terminal to be as it left it
 */
#include "terminals.h"

static uv_tty_t tty;

static void scenario(uv_loop_t* loop) {
  struct termios cooked;
  int master;
  int slave;
  open_terminal(&master, &slave);
  check(tcgetattr(slave, &cooked) == 0);
  must(uv_tty_init(loop, &tty, slave, 1));
  must(uv_tty_set_mode(&tty, UV_TTY_MODE_RAW));
  trace_mode("raw", slave);
  check(tcsetattr(slave, TCSANOW, &cooked) == 0);
  trace_mode("other", slave);
  must(uv_tty_set_mode(&tty, UV_TTY_MODE_RAW));
  trace_mode("again", slave);
  must(uv_tty_set_mode(&tty, UV_TTY_MODE_NORMAL));
  trace_mode("normal", slave);
}
