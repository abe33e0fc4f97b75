/** A pseudo terminal of the scenario's own. */
#ifndef TERMINALS_H_
#define TERMINALS_H_

#if defined(__linux__)
#define _DEFAULT_SOURCE 1 /* As trace.h, which comes later; */
#define _XOPEN_SOURCE 600 /* and posix_openpt(3) beside strict C99. */
#endif

#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "trace.h"

/** Opens both sides of a new one, or ends the scenario where there is none. */
TRACE_HELPER void open_terminal(int* master, int* slave) {
  *master = posix_openpt(O_RDWR | O_NOCTTY);
  if (*master < 0) skip("no pseudo terminals here");
  check(grantpt(*master) == 0);
  check(unlockpt(*master) == 0);
  *slave = open(ptsname(*master), O_RDWR | O_NOCTTY);
  if (*slave < 0) skip("no pseudo terminals here");
}

TRACE_HELPER void trace_mode(const char* event, int terminal) {
  struct termios now;
  check(tcgetattr(terminal, &now) == 0);
  trace_int(event, "cooked", (now.c_lflag & ICANON) != 0);
}

#endif /* TERMINALS_H_ */
