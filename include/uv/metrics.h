/** Counters of a loop's work. */
#ifndef UV_METRICS_H_
#define UV_METRICS_H_

#include "uv/loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a loop has counted since it was made. */
struct uv_metrics_s {
  uint64_t loop_count;     /**< Iterations that are over, but for timers. */
  uint64_t events;         /**< Events handled. */
  uint64_t events_waiting; /**< Events that were already there when the loop came to wait. */
  uint64_t* reserved[13];
};

/**
 * Copies the loop's counters. They are consistent with each other in a prepare callback. Events are
 * what descriptors, asyncs and the thread pool bring. Of descriptors' events only those are known
 * to have been waiting that a wait of no length has found: the loop looks first in this way before
 * it blocks, if UV_METRICS_IDLE_TIME is configured.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Metrics operations".
 */
UV_EXTERN int uv_metrics_info(uv_loop_t* loop, uv_metrics_t* metrics);

/**
 * Nanoseconds that the loop has waited for events since uv_loop_configure() with
 * UV_METRICS_IDLE_TIME; 0 without it.
 *
 * Thread: any. Source: libuv docs, "Metrics operations".
 */
UV_EXTERN uint64_t uv_metrics_idle_time(uv_loop_t* loop);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_METRICS_H_ */
