#include "request/work.h"

#include "core/handle.h"

int uv_queue_work(uv_loop_t* loop, uv_work_t* req, uv_work_cb work_cb,
                  uv_after_work_cb after_work_cb) {
  if (loop == nullptr || req == nullptr || work_cb == nullptr) return UV_EINVAL;
  return violet::queue_work(violet::loop_of(loop), violet::view<violet::Work>(req), work_cb,
                            after_work_cb);
}
