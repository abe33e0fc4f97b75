/** A pseudo terminal of the scenario's own. */
#ifndef TERMINALS_H_
#define TERMINALS_H_

#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "trace.h"

/** Opens both sides of a new one, or ends the scenario where there is none. */
TRACE_HELPER void open_terminal(int* master, int* slave) {
  char path[32];
  int number = 0;
  int lock = 0;
  *master = open("/dev/ptmx", O_RDWR | O_NOCTTY);
  if (*master < 0) skip("no pseudo terminals here");
  check(ioctl(*master, TIOCSPTLCK, &lock) == 0);
  check(ioctl(*master, TIOCGPTN, &number) == 0);
  snprintf(path, sizeof path, "/dev/pts/%d", number);
  *slave = open(path, O_RDWR | O_NOCTTY);
  if (*slave < 0) skip("no pseudo terminals here");
}

TRACE_HELPER void trace_mode(const char* event, int terminal) {
  struct termios now;
  check(tcgetattr(terminal, &now) == 0);
  trace_int(event, "cooked", (now.c_lflag & ICANON) != 0);
}

#endif /* TERMINALS_H_ */
