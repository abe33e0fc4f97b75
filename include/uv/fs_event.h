/** Watching files for change: as the system tells (fs_event), or by looking often (fs_poll). */
#ifndef UV_FS_EVENT_H_
#define UV_FS_EVENT_H_

#include "uv/fs_types.h"
#include "uv/handle.h"

/** What happened to a watched path. */
enum uv_fs_event {
  UV_RENAME = 1, /**< It was created, removed or renamed. */
  UV_CHANGE = 2  /**< Its contents or attributes changed. */
};

/** Flags of uv_fs_event_start(). */
enum uv_fs_event_flags {
  UV_FS_EVENT_WATCH_ENTRY = 1, /**< Not what is in it, the entry itself; not implemented. */
  UV_FS_EVENT_STAT = 2,        /**< Poll with stat(); not implemented. */
  UV_FS_EVENT_RECURSIVE = 4    /**< Subdirectories too. */
};

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Runs when something happened to the watched path. `filename` is relative to a watched directory,
 * and may be NULL. `events` are UV_RENAME and UV_CHANGE. `status` < 0 is an error. When the system
 * lost events because there were too many, `filename` is NULL and both events are set, on Linux.
 */
typedef void (*uv_fs_event_cb)(uv_fs_event_t* handle, const char* filename, int events, int status);

/**
 * Runs when the file has changed, with what stat told before and now. `status` < 0 is an error of
 * stat, told once until it changes. The structs are valid in the callback only.
 */
typedef void (*uv_fs_poll_cb)(uv_fs_poll_t* handle, int status, const uv_stat_t* prev,
                              const uv_stat_t* curr);

struct uv_fs_event_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
#if !defined(_WIN32)
  char* path; /**< What is watched, or NULL. */
#endif
  void* reserved[UV_RESERVED_FS_EVENT];
};

struct uv_fs_poll_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
  void* poll_ctx; /**< NULL before the first start. */
};

/**
 * Initializes the handle. It is not started.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "FS Event handle".
 */
UV_EXTERN int uv_fs_event_init(uv_loop_t* loop, uv_fs_event_t* handle);

/**
 * Watches `path`, a file or a directory. `flags` are of uv_fs_event_flags. A recursive watch on
 * Linux follows no symbolic links below `path`; a new directory's entries are reported as they are
 * found, and perhaps twice. Where a new directory cannot be watched (UV_ENOSPC), the callback tells
 * with that status. On the BSDs the names in a directory are compared with those of before, so what
 * came and went meanwhile is not told, nor what is written to the files in it; and every directory
 * of a recursive watch takes a descriptor (UV_EMFILE).
 *
 * Thread: the loop's. Errors: UV_EINVAL if active already or closing, UV_ENOENT, UV_ENOSPC (no more
 * inotify watches), UV_EMFILE, UV_ENOSYS where there is nothing to watch with. Source: libuv docs,
 * "FS Event handle".
 */
UV_EXTERN int uv_fs_event_start(uv_fs_event_t* handle, uv_fs_event_cb cb, const char* path,
                                unsigned int flags);

/**
 * Stops watching: the callback does not run any more.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "FS Event handle".
 */
UV_EXTERN int uv_fs_event_stop(uv_fs_event_t* handle);

/**
 * The path that is watched. *size is the size of `buffer` in bytes on entry and the length of the
 * path afterwards, without the final zero.
 *
 * Thread: the loop's. Errors: UV_EINVAL if not active, UV_ENOBUFS if it does not fit, and then
 * *size is what is needed, with the final zero. Source: libuv docs, "FS Event handle".
 */
UV_EXTERN int uv_fs_event_getpath(uv_fs_event_t* handle, char* buffer, size_t* size);

/**
 * Initializes the handle. It is not started.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "FS Poll handle".
 */
UV_EXTERN int uv_fs_poll_init(uv_loop_t* loop, uv_fs_poll_t* handle);

/**
 * Looks at `path` every `interval` milliseconds. Does nothing if active already. Many file systems
 * store times in whole seconds only. Unreferenced it does not keep the loop alive, also while it
 * looks. When there is no memory for the next look, the handle stops and the callback gets
 * UV_ENOMEM.
 *
 * Thread: the loop's. Errors: UV_EINVAL if the callback or path is NULL or the handle is closing,
 * UV_ENOMEM. Source: libuv docs, "FS Poll handle".
 */
UV_EXTERN int uv_fs_poll_start(uv_fs_poll_t* handle, uv_fs_poll_cb poll_cb, const char* path,
                               unsigned int interval);

/**
 * Stops: the callback does not run any more.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "FS Poll handle".
 */
UV_EXTERN int uv_fs_poll_stop(uv_fs_poll_t* handle);

/**
 * The path that is watched; sizes in bytes, as in uv_fs_event_getpath().
 *
 * Thread: the loop's. Errors: UV_EINVAL if not active, UV_ENOBUFS if it does not fit, and then
 * *size is what is needed. Source: libuv docs, "FS Poll handle".
 */
UV_EXTERN int uv_fs_poll_getpath(uv_fs_poll_t* handle, char* buffer, size_t* size);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_FS_EVENT_H_ */
