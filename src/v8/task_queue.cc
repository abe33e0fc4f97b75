#include "v8/task_queue.h"

#include <algorithm>

namespace violet::js {
namespace {

template <typename Handle>
void close_and_delete(Handle* handle) {
  uv_close(reinterpret_cast<uv_handle_t*>(handle),
           [](uv_handle_t* closed) { delete reinterpret_cast<Handle*>(closed); });
}

}  // namespace

TaskQueue::TaskQueue(uv_loop_t* loop)
    : wake_(new uv_async_t), timer_(new uv_timer_t), runner_(std::make_shared<Runner>()) {
  wake_->data = timer_->data = this;
  uv_async_init(loop, wake_,
                [](uv_async_t* wake) { static_cast<TaskQueue*>(wake->data)->run_due(); });
  uv_timer_init(loop, timer_);
  uv_unref(reinterpret_cast<uv_handle_t*>(wake_));
  uv_unref(reinterpret_cast<uv_handle_t*>(timer_));
  runner_->wake = wake_;
}

void TaskQueue::close() {
  {
    std::lock_guard lock(runner_->lock);
    runner_->wake = nullptr;
    runner_->tasks.clear();
    runner_->delayed.clear();
  }
  close_and_delete(wake_);
  close_and_delete(timer_);
}

void TaskQueue::Runner::PostTask(std::unique_ptr<v8::Task> task) {
  std::lock_guard guard(lock);
  if (wake == nullptr) return;
  tasks.push_back(std::move(task));
  uv_async_send(wake);
}

// The loop's clock may be read by its own thread only, so that thread works out when the time has
// come.
void TaskQueue::Runner::PostDelayedTask(std::unique_ptr<v8::Task> task, double seconds) {
  std::lock_guard guard(lock);
  if (wake == nullptr) return;
  delayed.push_back(
      {std::move(task), uv_hrtime() / 1000000 + static_cast<std::uint64_t>(seconds * 1e3)});
  uv_async_send(wake);
}

std::deque<std::unique_ptr<v8::Task>> TaskQueue::take_due() {
  std::lock_guard guard(runner_->lock);
  std::deque<std::unique_ptr<v8::Task>> due;
  due.swap(runner_->tasks);
  const std::uint64_t now = uv_hrtime() / 1000000;
  auto rest = std::partition(runner_->delayed.begin(), runner_->delayed.end(),
                             [now](const DelayedTask& delayed) { return delayed.due > now; });
  for (auto delayed = rest; delayed != runner_->delayed.end(); ++delayed)
    due.push_back(std::move(delayed->task));
  runner_->delayed.erase(rest, runner_->delayed.end());
  return due;
}

void TaskQueue::set_timer() {
  std::lock_guard guard(runner_->lock);
  if (runner_->delayed.empty()) return;
  std::uint64_t first = UINT64_MAX;
  for (const DelayedTask& delayed : runner_->delayed)
    first = std::min(first, delayed.due);
  const std::uint64_t now = uv_hrtime() / 1000000;
  uv_timer_start(
      timer_, [](uv_timer_t* timer) { static_cast<TaskQueue*>(timer->data)->run_due(); },
      first > now ? first - now : 0, 0);
}

void TaskQueue::run_due() {
  for (std::unique_ptr<v8::Task>& task : take_due())
    task->Run();
  set_timer();
}

}  // namespace violet::js
