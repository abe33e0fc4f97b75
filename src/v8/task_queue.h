// V8's own tasks for the thread of an isolate (finishing a compilation, a step of the garbage
// collector), posted from any thread and run by the isolate's loop. They keep no loop alive.
#pragma once

#include <uv.h>
#include <v8-platform.h>

#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace violet::js {

class TaskQueue {
 public:
  explicit TaskQueue(uv_loop_t* loop);
  TaskQueue(const TaskQueue&) = delete;
  TaskQueue& operator=(const TaskQueue&) = delete;

  // Its isolate is gone: what is posted from now on is dropped. Closes the queue's handles.
  void close();
  // Those that are due, on the isolate's thread.
  void run_due();

  std::shared_ptr<v8::TaskRunner> runner() const { return runner_; }

 private:
  struct DelayedTask {
    std::unique_ptr<v8::Task> task;
    std::uint64_t due;  // ms, on the loop's clock
  };

  // V8 may hold it longer than the queue lives.
  class Runner final : public v8::TaskRunner {
   public:
    void PostTask(std::unique_ptr<v8::Task> task) override;
    void PostNonNestableTask(std::unique_ptr<v8::Task> task) override { PostTask(std::move(task)); }
    void PostDelayedTask(std::unique_ptr<v8::Task> task, double seconds) override;
    void PostNonNestableDelayedTask(std::unique_ptr<v8::Task> task, double seconds) override {
      PostDelayedTask(std::move(task), seconds);
    }
    void PostIdleTask(std::unique_ptr<v8::IdleTask>) override {}
    bool IdleTasksEnabled() override { return false; }
    bool NonNestableTasksEnabled() const override { return true; }
    bool NonNestableDelayedTasksEnabled() const override { return true; }

    std::mutex lock;
    uv_async_t* wake = nullptr;  // null when the queue is closed
    std::deque<std::unique_ptr<v8::Task>> tasks;
    std::vector<DelayedTask> delayed;
  };

  std::deque<std::unique_ptr<v8::Task>> take_due();
  void set_timer();

  uv_async_t* wake_;
  uv_timer_t* timer_;
  std::shared_ptr<Runner> runner_;
};

}  // namespace violet::js
