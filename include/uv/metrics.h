/** Counters of a loop's work. */
#ifndef UV_METRICS_H_
#define UV_METRICS_H_

#include "uv/loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a loop has counted since it was made. */
struct uv_metrics_s {
  uint64_t loop_count;     /**< Iterations. */
  uint64_t events;         /**< Events handled. */
  uint64_t events_waiting; /**< Events that were already there when the loop came to wait. */
  uint64_t* reserved[13];
};

UV_EXTERN int uv_metrics_info(uv_loop_t* loop, uv_metrics_t* metrics);
UV_EXTERN uint64_t uv_metrics_idle_time(uv_loop_t* loop);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_METRICS_H_ */
