/*
 * uv_tty_reset_mode() gives the terminal back from the background too, where whoever changes a
 * terminal is else stopped.
 *
 * rules: TTY-02
 * [since 1.52] total: raw(cooked=0), reset(stopped=0), after(cooked=1)
 * [before 1.52] total: raw(cooked=0), reset(stopped=1), after(cooked=0)
 * differs: libuv lets the process be stopped, and its end in the background never comes
 */
#include "terminals.h"

static uv_tty_t tty;

/* In a session of its own, whose terminal it is. */
static void lead(uv_loop_t* loop, int slave) {
  int status;
  pid_t behind;
  check(setsid() >= 0);
  check(ioctl(slave, TIOCSCTTY, 0) == 0);
  must(uv_loop_fork(loop));
  must(uv_tty_init(loop, &tty, slave, 1));
  must(uv_tty_set_mode(&tty, UV_TTY_MODE_RAW));
  trace_mode("raw", slave);
  behind = fork();
  if (behind == 0) {
    setpgid(0, 0);
    _exit(uv_tty_reset_mode() == 0 ? 0 : 1);
  }
  check(waitpid(behind, &status, WUNTRACED) == behind);
  trace_int("reset", "stopped", WIFSTOPPED(status) != 0);
  check(WIFSTOPPED(status) || WEXITSTATUS(status) == 0);
  trace_mode("after", slave);
  if (WIFSTOPPED(status)) {
    kill(behind, SIGKILL);
    waitpid(behind, &status, 0);
  }
}

static void scenario(uv_loop_t* loop) {
  int master;
  int slave;
  int status;
  pid_t leader;
  open_terminal(&master, &slave);
  leader = fork();
  if (leader == 0) {
    lead(loop, slave);
    _exit(0);
  }
  check(waitpid(leader, &status, 0) == leader);
  check(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
