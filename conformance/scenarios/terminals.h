/** A pseudo terminal of the scenario's own. */
#ifndef TERMINALS_H_
#define TERMINALS_H_

#include "trace.h" /* first: it asks libc for more than strict C99 */

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

/** Opens both sides of a new one, or ends the scenario where there is none. */
TRACE_HELPER void open_terminal(int* master, int* slave) {
  const char* path;
  *master = posix_openpt(O_RDWR | O_NOCTTY);
  if (*master < 0) skip("no pseudo terminals here");
  check(grantpt(*master) == 0);
  check(unlockpt(*master) == 0);
  path = ptsname(*master);
  check(path != NULL);
  *slave = open(path, O_RDWR | O_NOCTTY);
  if (*slave < 0) skip("no pseudo terminals here");
}

TRACE_HELPER void trace_mode(const char* event, int terminal) {
  struct termios now;
  check(tcgetattr(terminal, &now) == 0);
  trace_int(event, "cooked", (now.c_lflag & ICANON) != 0);
}

#endif /* TERMINALS_H_ */
