/** Terminals. */
#ifndef UV_TTY_H_
#define UV_TTY_H_

#include "uv/stream.h"

/** How a terminal treats what is typed. */
typedef enum uv_tty_mode_t {
  UV_TTY_MODE_NORMAL = 0, /**< Lines, edited and echoed by the system. */
  UV_TTY_MODE_RAW = 1,    /**< Each key at once, no echo. */
  UV_TTY_MODE_IO = 2,     /**< Binary-safe, for other programs (Unix only). */
  UV_TTY_MODE_RAW_VT = 3  /**< Raw, with escape sequences for special keys also on Windows. */
} uv_tty_mode_t;

/** Whether the console understands ANSI escape sequences. */
typedef enum uv_tty_vtermstate_t {
  UV_TTY_SUPPORTED = 0,
  UV_TTY_UNSUPPORTED = 1
} uv_tty_vtermstate_t;

#ifdef __cplusplus
extern "C" {
#endif

struct uv_tty_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
  size_t write_queue_size; /**< Bytes not written yet. */
  uv_alloc_cb alloc_cb;
  uv_read_cb read_cb;
#if defined(_WIN32)
  void* reserved[UV_RESERVED_TTY];
#else
  void* reserved[2];
  uv__io_t io_watcher;
  void* reserved_end[UV_RESERVED_STREAM_END];
  struct termios orig_termios; /**< As it was before the first change of mode. */
  int mode;                    /**< A uv_tty_mode_t. */
#endif
};

/**
 * Initializes a terminal handle on an open file descriptor, usually 0, 1 or 2. On Unix the
 * terminal is opened anew if it can be, so that the descriptor's other users are not made
 * non-blocking. The master side of a pseudo terminal is never opened anew, which would make another
 * terminal: it is used as it is, and writes to it block. `readable` is ignored: the library finds
 * out.
 *
 * On Unix a pipe or socket in a terminal's place, as where output is redirected, is made
 * non-blocking and used too; it has neither a size nor modes (UV_ENOTTY).
 *
 * Thread: the loop's. Errors: UV_EINVAL if the descriptor is a file or is not open, on Windows if
 * it is no console, and errors of the system.
 * Source: libuv docs, "TTY handle".
 */
UV_EXTERN int uv_tty_init(uv_loop_t*, uv_tty_t*, uv_file fd, int readable);

/**
 * Sets the mode. The one before the first change is what uv_tty_reset_mode() sets back. A mode that
 * is asked for again is applied again, in case another process has changed the terminal; only the
 * normal one is left as it is found. A process in the background that asks for another mode than
 * the normal one is stopped by SIGTTOU until it comes to the front.
 *
 * Thread: the loop's. Errors: UV_EINVAL for an unknown mode, and errors of tcsetattr(3). Source:
 * libuv docs, "TTY handle".
 */
UV_EXTERN int uv_tty_set_mode(uv_tty_t*, uv_tty_mode_t mode);

/**
 * Sets the terminal back as it was. For the end of a program; also safe in a signal handler, and
 * from the background, where it does not stop the process.
 *
 * Thread: any. Errors: UV_EBUSY if uv_tty_set_mode() is running meanwhile, and errors of
 * tcsetattr(3). Source: libuv docs, "TTY handle".
 */
UV_EXTERN int uv_tty_reset_mode(void);

/**
 * Columns (`width`) and rows (`height`) of characters of the window.
 *
 * Thread: the loop's. Errors: errors of ioctl(2). Source: libuv docs, "TTY handle".
 */
UV_EXTERN int uv_tty_get_winsize(uv_tty_t*, int* width, int* height);

/**
 * Tells the library whether the console understands escape sequences, instead of letting it find
 * out. Only Windows looks at it.
 *
 * Thread: any. Source: libuv docs, "TTY handle".
 */
UV_EXTERN void uv_tty_set_vterm_state(uv_tty_vtermstate_t state);

/**
 * Whether the console understands escape sequences.
 *
 * Thread: any. Errors: UV_ENOTSUP on Unix. Source: libuv docs, "TTY handle".
 */
UV_EXTERN int uv_tty_get_vterm_state(uv_tty_vtermstate_t* state);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_TTY_H_ */
