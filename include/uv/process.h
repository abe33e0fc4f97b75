/** Child processes. */
#ifndef UV_PROCESS_H_
#define UV_PROCESS_H_

#include "uv/stream.h"

/** What a child gets as one of its first file descriptors. */
typedef enum uv_stdio_flags {
  UV_IGNORE = 0,          /**< The null device (fds 0 to 2), or nothing. */
  UV_CREATE_PIPE = 1,     /**< A new pipe, its other end in data.stream. */
  UV_INHERIT_FD = 2,      /**< The parent's descriptor data.fd. */
  UV_INHERIT_STREAM = 4,  /**< The descriptor of the parent's data.stream. */
  UV_READABLE_PIPE = 16,  /**< With UV_CREATE_PIPE: the child reads from it. */
  UV_WRITABLE_PIPE = 32,  /**< With UV_CREATE_PIPE: the child writes to it. */
  UV_NONBLOCK_PIPE = 64,  /**< With UV_CREATE_PIPE: the child's end does not block. */
  UV_OVERLAPPED_PIPE = 64 /**< An older name of UV_NONBLOCK_PIPE. */
} uv_stdio_flags;

/** Flags of uv_process_options_t. */
enum uv_process_flags {
  UV_PROCESS_SETUID = 1,                     /**< Run as uv_process_options_t.uid. */
  UV_PROCESS_SETGID = 2,                     /**< Run as uv_process_options_t.gid. */
  UV_PROCESS_WINDOWS_VERBATIM_ARGUMENTS = 4, /**< No quoting of arguments (Windows). */
  UV_PROCESS_DETACHED = 8,              /**< A new session; the child may outlive its parent. */
  UV_PROCESS_WINDOWS_HIDE = 16,         /**< Hide both the console and the window (Windows). */
  UV_PROCESS_WINDOWS_HIDE_CONSOLE = 32, /**< Hide the console (Windows). */
  UV_PROCESS_WINDOWS_HIDE_GUI = 64,     /**< Hide the window (Windows). */
  UV_PROCESS_WINDOWS_FILE_PATH_EXACT_NAME = 128 /**< Add no .exe (Windows). */
};

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Runs when the child has ended: with its exit status, or the signal that killed it (else 0). On
 * Windows the signal is that of uv_process_kill(), and the status is then 1.
 */
typedef void (*uv_exit_cb)(uv_process_t*, int64_t exit_status, int term_signal);

/** One of the child's first file descriptors. */
struct uv_stdio_container_s {
  uv_stdio_flags flags; /**< Says which member of `data` counts. */
  union {
    uv_stream_t* stream;
    int fd;
  } data;
};

/** How to start a child. */
struct uv_process_options_s {
  uv_exit_cb exit_cb;          /**< Runs when the child has ended; may be NULL. */
  const char* file;            /**< The program; looked up in PATH if it has no slash. */
  char** args;                 /**< Ends with NULL; args[0] is the program's name by convention. */
  char** env;                  /**< "NAME=value", ends with NULL; NULL: the parent's. */
  const char* cwd;             /**< Where the child starts; NULL: where the parent is. */
  unsigned int flags;          /**< Of uv_process_flags. */
  int stdio_count;             /**< How many entries `stdio` has. */
  uv_stdio_container_t* stdio; /**< Entry i becomes the child's descriptor i. */
  uv_uid_t uid;                /**< With UV_PROCESS_SETUID. */
  uv_gid_t gid;                /**< With UV_PROCESS_SETGID. */
};

struct uv_process_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
  uv_exit_cb exit_cb;
  int pid; /**< The child's process id. */
#if defined(_WIN32)
  unsigned int reserved_bits;
  void* reserved[UV_RESERVED_PROCESS];
#else
  void* reserved[2];
  int status; /**< As waitpid(2) tells it, once the child has ended. */
#endif
};

/**
 * Initializes the process handle and starts the child. On failure the handle is initialized too. If
 * the arguments were refused (UV_EINVAL, UV_EBUSY) it is not in the loop: it may be freed at once,
 * or closed. After other errors it must be closed.
 *
 * The child starts with default signal actions, no signal blocked, the descriptors of `stdio`, and
 * the other descriptors that the parent did not mark as close-on-exec.
 *
 * Until it runs the program the child shares the parent's memory. So the cost does not depend on
 * the size of the parent, but handlers of pthread_atfork(3) do not run. A program that sets its
 * child up in such a handler (uvloop's `preexec_fn`: limits, groups, user) needs VIOLET_SPAWN=fork
 * in the environment: then each spawn copies the page tables (0.1 s with 1 GiB in use, against
 * 0.1 ms) and runs the handlers, in the child with all signals blocked. Either way the error that
 * keeps the program from running is returned.
 *
 * Thread: the loop's. Errors: UV_ENOENT if the program or `cwd` does not exist, UV_EACCES,
 * UV_EINVAL for unknown flags or stdio, UV_ENOTSUP for uid and gid on Windows, UV_EPERM,
 * UV_EAGAIN, UV_EBUSY if a pipe of `stdio` is open already, UV_ENOMEM. Source: libuv docs, "Process
 * handle".
 */
UV_EXTERN int uv_spawn(uv_loop_t* loop, uv_process_t* handle, const uv_process_options_t* options);

/**
 * Sends a signal to the child.
 *
 * Thread: the loop's. Errors: UV_ESRCH if it has ended, UV_EINVAL, UV_ENOSYS for a signal that
 * Windows cannot emulate. Source: libuv docs, "Process handle".
 */
UV_EXTERN int uv_process_kill(uv_process_t*, int signum);

/**
 * The child's process id.
 *
 * Thread: the loop's. Source: libuv docs, "Process handle".
 */
UV_EXTERN uv_pid_t uv_process_get_pid(const uv_process_t*);

/**
 * Sends a signal to any process; 0 only asks whether it exists. Windows emulates SIGTERM, SIGKILL,
 * SIGQUIT and SIGINT by ending the process.
 *
 * Thread: any. Errors: UV_ESRCH, UV_EPERM, UV_EINVAL, UV_ENOSYS on Windows. Source: libuv docs,
 * "Process handle".
 */
UV_EXTERN int uv_kill(int pid, int signum);

/**
 * Marks the descriptors this process was given as not to be inherited by its children. Call it
 * early; it finds those that exist then.
 *
 * Thread: one thread, early. Source: libuv docs, "Process handle".
 */
UV_EXTERN void uv_disable_stdio_inheritance(void);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_PROCESS_H_ */
