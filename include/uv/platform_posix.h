/** Types and sizes on Unix systems. What differs among them is in platform_linux.h, platform_bsd.h.
 */
#ifndef UV_PLATFORM_POSIX_H_
#define UV_PLATFORM_POSIX_H_

/* Not all of these are needed here: programs rely on those that libuv's own header brings. */
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <pwd.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <sys/param.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <termios.h>

typedef int uv_file;
typedef int uv_os_sock_t;
typedef int uv_os_fd_t;
typedef pid_t uv_pid_t;
typedef uid_t uv_uid_t;
typedef gid_t uv_gid_t;

typedef pthread_t uv_thread_t;
typedef pthread_mutex_t uv_mutex_t;
typedef pthread_cond_t uv_cond_t;
typedef pthread_once_t uv_once_t;
typedef pthread_key_t uv_key_t;

#define UV_ONCE_INIT PTHREAD_ONCE_INIT

/** The size that holds any host name with its final zero. */
#define UV_MAXHOSTNAMESIZE (MAXHOSTNAMELEN + 1)

#if defined(__linux__)
#include "uv/platform_linux.h"
#else
#include "uv/platform_bsd.h"
#endif

/* Words that each public struct reserves for the library, counted in pointers. */
enum {
  UV_RESERVED_REQ = 6,
  UV_RESERVED_CONNECT = 2,
  UV_RESERVED_GETADDRINFO = 9,
  UV_RESERVED_DIR = 5,
  UV_RESERVED_SIGNAL = 5
};

#endif /* UV_PLATFORM_POSIX_H_ */
