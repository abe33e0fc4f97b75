// A thread pool with no thread left.
#pragma once

#include <uv.h>

#include <cstdlib>
#include <vector>

namespace conformance {

// Occupies every thread of the pool, as soon as it is made, until it is let go.
class BusyPool {
 public:
  explicit BusyPool(uv_loop_t* loop) {
    uv_sem_init(&go_, 0);
    uv_sem_init(&begun_, 0);
    const char* size = std::getenv("UV_THREADPOOL_SIZE");
    works_.resize(size == nullptr ? 4 : std::atoi(size));
    for (uv_work_t& work : works_) {
      work.data = this;
      uv_queue_work(
          loop, &work,
          [](uv_work_t* started) {
            BusyPool& pool = *static_cast<BusyPool*>(started->data);
            uv_sem_post(&pool.begun_);
            uv_sem_wait(&pool.go_);
          },
          [](uv_work_t*, int) {});
    }
    for (std::size_t i = 0; i < works_.size(); ++i)
      uv_sem_wait(&begun_);
  }
  ~BusyPool() {
    uv_sem_destroy(&begun_);
    uv_sem_destroy(&go_);
  }
  BusyPool(const BusyPool&) = delete;
  BusyPool& operator=(const BusyPool&) = delete;
  // One thread, which does all that waits in its order.
  void let_one_go() {
    uv_sem_post(&go_);
    ++gone_;
  }
  void let_go() {
    while (gone_ < works_.size())
      let_one_go();
  }

 private:
  uv_sem_t begun_;
  uv_sem_t go_;
  std::vector<uv_work_t> works_;
  std::size_t gone_ = 0;
};

}  // namespace conformance
