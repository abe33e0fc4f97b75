/* Loaded before the library: socket pairs are pipes, so that the kernel refuses the first multishot
 * receive that the engine tries with an error completion (ENOTSOCK), as kernel 5.19 does: it has
 * rings of buffers, but no multishot receive. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

int socketpair(int domain, int type, int protocol, int ends[2]) {
  (void)domain;
  (void)protocol;
  (void)type;
  return pipe2(ends, O_CLOEXEC | O_NONBLOCK);
}
