// Looking at the pool's threads from inside of them.
#pragma once

#include "support.h"

namespace conformance {

// Runs `work` on a thread of the pool.
template <typename Work>
void on_the_pool(Work work) {
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  uv_work_t request;
  request.data = &work;
  ASSERT_EQ(0, uv_queue_work(
                   &loop, &request, [](uv_work_t* given) { (*static_cast<Work*>(given->data))(); },
                   nullptr));
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(0, uv_loop_close(&loop));
}

}  // namespace conformance
