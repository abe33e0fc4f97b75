// The user's own work on the thread pool.
#pragma once

#include "request/pool_request.h"

namespace violet {

struct Work {
  using Public = uv_work_t;

  RequestHeader header;
  RequestSpace<WorkItem> space;
  uv_loop_t* public_loop;
  uv_work_cb work_callback;
  uv_after_work_cb after_work_callback;
};

static_assert(offsetof(Work, public_loop) == offsetof(uv_work_t, loop));
static_assert(offsetof(Work, work_callback) == offsetof(uv_work_t, work_cb));
static_assert(offsetof(Work, after_work_callback) == offsetof(uv_work_t, after_work_cb));

int queue_work(Loop& loop, Work& request, uv_work_cb work_callback,
               uv_after_work_cb after_work_callback);

}  // namespace violet
