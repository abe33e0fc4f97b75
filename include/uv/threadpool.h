/** Work on the thread pool. */
#ifndef UV_THREADPOOL_H_
#define UV_THREADPOOL_H_

#include "uv/request.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Runs in a thread of the pool. */
typedef void (*uv_work_cb)(uv_work_t* req);
/**
 * Runs in the loop's thread when the work is done. `status` is UV_ECANCELED after uv_cancel(),
 * else 0.
 */
typedef void (*uv_after_work_cb)(uv_work_t* req, int status);

/** Runs with `buf` filled (status 0), or an error. */
typedef void (*uv_random_cb)(uv_random_t* req, int status, void* buf, size_t buflen);

struct uv_work_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_req_type type;
  unsigned int reserved_state;
  void* reserved_req[UV_RESERVED_REQ];
  uv_loop_t* loop;
  uv_work_cb work_cb;
  uv_after_work_cb after_work_cb;
  void* reserved[5];
};

struct uv_random_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_req_type type;
  unsigned int reserved_state;
  void* reserved_req[UV_RESERVED_REQ];
  uv_loop_t* loop;
  void* reserved[9];
};

/**
 * Runs `work_cb` in a thread of the pool, then `after_work_cb` in the loop's thread; that one may
 * be NULL. UV_THREADPOOL_SIZE (default 4, at most 1024) says how many threads the process has; it
 * is read once, at the first use, and anew in a forked child. The threads are named
 * "libuv-worker", have stacks of 8 MiB whatever RLIMIT_STACK says, and block the signals that the
 * thread blocked whose request started them.
 *
 * Thread: the loop's. Errors: UV_EINVAL if `work_cb`, `loop` or `req` is NULL, UV_ENOMEM if no
 * thread can be started. Source: libuv docs, "Thread pool work scheduling".
 */
UV_EXTERN int uv_queue_work(uv_loop_t* loop, uv_work_t* req, uv_work_cb work_cb,
                            uv_after_work_cb after_work_cb);

/**
 * Fills `buf` with `buflen` bytes from the system's generator for cryptography. All of them or
 * none. `flags` is 0. With a NULL callback it works at once, and may block while the system has
 * too little entropy; `loop` and `req` may then be NULL.
 *
 * Thread: the loop's. Errors: UV_EINVAL for flags or a callback without a loop, UV_E2BIG above
 * 0x7FFFFFFF bytes, UV_ENOSYS, UV_EIO. Source: libuv docs, "Miscellaneous utilities"; man 2
 * getrandom.
 */
UV_EXTERN int uv_random(uv_loop_t* loop, uv_random_t* req, void* buf, size_t buflen,
                        unsigned int flags, uv_random_cb cb);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_THREADPOOL_H_ */
