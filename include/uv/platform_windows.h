/** Types and sizes on Windows x86-64, measured. */
#ifndef UV_PLATFORM_WINDOWS_H_
#define UV_PLATFORM_WINDOWS_H_

#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <winsock2.h>
#include <ws2tcpip.h>

#include <windows.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/types.h>

#if defined(_MSC_VER) && !defined(_SSIZE_T_DEFINED)
typedef intptr_t ssize_t;
#define _SSIZE_T_DEFINED
#endif

typedef int uv_file;
typedef SOCKET uv_os_sock_t;
typedef HANDLE uv_os_fd_t;
typedef int uv_pid_t;
typedef unsigned char uv_uid_t;
typedef unsigned char uv_gid_t;

typedef HANDLE uv_thread_t;
typedef HANDLE uv_sem_t;
typedef CRITICAL_SECTION uv_mutex_t;
typedef DWORD uv_key_t;

/** Holds a CONDITION_VARIABLE. */
typedef union uv_cond_u {
  void* reserved[8];
} uv_cond_t;

/** Holds an SRWLOCK and what is kept beside it. */
typedef union uv_rwlock_u {
  void* reserved[10];
} uv_rwlock_t;

typedef union uv_barrier_u {
  void* reserved[8];
} uv_barrier_t;

/** Holds an INIT_ONCE. */
typedef struct uv_once_s {
  void* reserved[2];
} uv_once_t;

/* clang-format off */
#define UV_ONCE_INIT { { NULL, NULL } }
/* clang-format on */

/** The size that holds any host name with its final zero. */
#define UV_MAXHOSTNAMESIZE 256

#ifndef MAX_PIPENAME_LEN
#define MAX_PIPENAME_LEN 256
#endif

#ifndef S_IFLNK
#define S_IFLNK 0xA000
#endif

/* Signals that libuv delivers or emulates on Windows, numbered as on Unix. */
#ifndef SIGHUP
#define SIGHUP 1
#endif
#ifndef SIGQUIT
#define SIGQUIT 3
#endif
#ifndef SIGKILL
#define SIGKILL 9
#endif
#ifndef SIGWINCH
#define SIGWINCH 28
#endif
#undef NSIG
#define NSIG 29

#define UV_MSAFD_PROVIDER_COUNT 4

/* Words that each public struct reserves for the library, counted in pointers. */
enum {
  UV_RESERVED_LOOP = 52,
  UV_RESERVED_REQ = 12,
  UV_RESERVED_WRITE = 5,
  UV_RESERVED_GETADDRINFO = 10,
  UV_RESERVED_DIR = 80,
  UV_RESERVED_STREAM = 19,
  UV_RESERVED_TCP = 25,
  UV_RESERVED_TTY = 28,
  UV_RESERVED_PIPE = UV_RESERVED_STREAM,
  UV_RESERVED_PIPE_END = 37,
  UV_RESERVED_UDP = 39,
  UV_RESERVED_POLL = 39,
  UV_RESERVED_TIMER = 8,
  UV_RESERVED_ASYNC = 16,
  UV_RESERVED_SIGNAL = 19,
  UV_RESERVED_PROCESS = 19,
  UV_RESERVED_FS_EVENT = 22
};

#endif /* UV_PLATFORM_WINDOWS_H_ */
