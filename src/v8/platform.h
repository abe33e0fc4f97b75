// What V8 asks of its surroundings. Threads for background work are V8's own; tasks for an
// isolate's thread go to its loop.
#pragma once

#include <libplatform/libplatform.h>
#include <v8-platform.h>

#include <map>
#include <memory>
#include <mutex>

#include "v8/task_queue.h"

namespace violet::js {

class LoopPlatform final : public v8::Platform {
 public:
  // The process's one. Set up with V8 itself on the first call.
  static LoopPlatform& get();

  void add(v8::Isolate* isolate, std::shared_ptr<v8::TaskRunner> runner);
  void remove(v8::Isolate* isolate);

  int NumberOfWorkerThreads() override { return background_->NumberOfWorkerThreads(); }
  std::shared_ptr<v8::TaskRunner> GetForegroundTaskRunner(v8::Isolate* isolate) override;
  void CallOnWorkerThread(std::unique_ptr<v8::Task> task) override {
    background_->CallOnWorkerThread(std::move(task));
  }
  void CallDelayedOnWorkerThread(std::unique_ptr<v8::Task> task, double seconds) override {
    background_->CallDelayedOnWorkerThread(std::move(task), seconds);
  }
  std::unique_ptr<v8::JobHandle> PostJob(v8::TaskPriority priority,
                                         std::unique_ptr<v8::JobTask> task) override {
    return background_->PostJob(priority, std::move(task));
  }
  double MonotonicallyIncreasingTime() override {
    return background_->MonotonicallyIncreasingTime();
  }
  double CurrentClockTimeMillis() override { return background_->CurrentClockTimeMillis(); }
  v8::TracingController* GetTracingController() override {
    return background_->GetTracingController();
  }
  v8::PageAllocator* GetPageAllocator() override { return background_->GetPageAllocator(); }

 private:
  LoopPlatform();

  std::unique_ptr<v8::Platform> background_;
  std::mutex lock_;
  std::map<v8::Isolate*, std::shared_ptr<v8::TaskRunner>> runners_;
};

}  // namespace violet::js
