// A thread pool with no thread left.
#pragma once

#include <uv.h>

#include <cstdlib>
#include <vector>

namespace conformance {

// Occupies every thread of the pool until it is let go.
class BusyPool {
 public:
  explicit BusyPool(uv_loop_t* loop) {
    uv_sem_init(&go_, 0);
    const char* size = std::getenv("UV_THREADPOOL_SIZE");
    works_.resize(size == nullptr ? 4 : std::atoi(size));
    for (uv_work_t& work : works_) {
      work.data = &go_;
      uv_queue_work(
          loop, &work,
          [](uv_work_t* started) { uv_sem_wait(static_cast<uv_sem_t*>(started->data)); },
          [](uv_work_t*, int) {});
    }
  }
  ~BusyPool() { uv_sem_destroy(&go_); }
  BusyPool(const BusyPool&) = delete;
  BusyPool& operator=(const BusyPool&) = delete;
  void let_go() {
    for (std::size_t i = 0; i < works_.size(); ++i)
      uv_sem_post(&go_);
  }

 private:
  uv_sem_t go_;
  std::vector<uv_work_t> works_;
};

}  // namespace conformance
