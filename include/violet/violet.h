/** Violet's extensions to the libuv API: choosing an engine, and asking what it does. */
#ifndef VIOLET_VIOLET_H_
#define VIOLET_VIOLET_H_

#include <stddef.h>
#include <stdint.h>

#include "uv/types.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  VIOLET_NAME_SIZE = 32,    /**< Bytes of a name, with its final zero. */
  VIOLET_REASON_SIZE = 160, /**< Bytes of a reason, with its final zero. */
  VIOLET_FEATURES_MAX = 32  /**< Features that a report can hold. */
};

/** Something an engine can do on some systems, such as "multishot receive". */
typedef struct violet_feature_s {
  char name[VIOLET_NAME_SIZE];
  int in_use;                      /**< 1: used; 0: not, see `reason`. */
  char reason[VIOLET_REASON_SIZE]; /**< Why it is not used: the probe that failed. Empty if used. */
} violet_feature_t;

/** What violet_backend_report() tells. */
typedef struct violet_backend_report_s {
  /** Set to sizeof(violet_backend_report_t) by the caller; the library writes no byte beyond it. */
  size_t size;
  char backend[VIOLET_NAME_SIZE];   /**< The engine in use: "epoll", "uring", "kqueue", "iocp". */
  char requested[VIOLET_NAME_SIZE]; /**< What was asked for; empty if nobody asked. */
  /** Why the engine in use is not the requested one; empty if it is. */
  char fallback_reason[VIOLET_REASON_SIZE];
  unsigned int feature_count; /**< How many entries of `features` are filled. */
  unsigned int reserved_bits;
  violet_feature_t features[VIOLET_FEATURES_MAX];
} violet_backend_report_t;

/**
 * Initializes a loop as uv_loop_init() does, on the engine named `backend`: "epoll", "uring",
 * "kqueue", "iocp" or "auto". NULL leaves the choice to the environment variable VIOLET_BACKEND,
 * and that to the platform's default.
 *
 * An engine that the kernel refuses is replaced by the default, with one line on stderr, unless
 * VIOLET_BACKEND_STRICT=1 is set. Two loops of one process may run on different engines.
 *
 * Thread: any; the loop then belongs to the thread that runs it. Errors: UV_EINVAL for a name that
 * does not exist (one line on stderr lists those that do), UV_ENOTSUP if the engine is refused and
 * VIOLET_BACKEND_STRICT=1, and those of uv_loop_init(). Source: docs/architecture.md, "Choosing an
 * engine".
 */
UV_EXTERN int violet_loop_init(uv_loop_t* loop, const char* backend);

/**
 * Tells which engine `loop` runs on, what it uses, and what was refused and why. Set
 * `report->size` first.
 *
 * Thread: the loop's. Errors: UV_EINVAL if `report` is NULL, or `report->size` smaller than the
 * first version of the struct. Source: docs/engines.md.
 */
UV_EXTERN int violet_backend_report(const uv_loop_t* loop, violet_backend_report_t* report);

/**
 * Writes the same report as lines of text, with a final zero. `*size` is the size of `buffer` in
 * bytes on entry, and the length of the text without its zero afterwards.
 *
 * Thread: the loop's. Errors: UV_EINVAL if `buffer` or `size` is NULL or `*size` is 0; UV_ENOBUFS
 * if the text does not fit, and then `*size` is the size that is needed. Source: docs/engines.md.
 */
UV_EXTERN int violet_backend_report_text(const uv_loop_t* loop, char* buffer, size_t* size);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* VIOLET_VIOLET_H_ */
