#include "v8/platform.h"

#include <v8.h>

namespace violet::js {
namespace {

constexpr int kBackgroundThreads = 2;

}  // namespace

LoopPlatform::LoopPlatform() : background_(v8::platform::NewDefaultPlatform(kBackgroundThreads)) {}

LoopPlatform& LoopPlatform::get() {
  // Never destroyed: background threads may run until the process has ended.
  static LoopPlatform* platform = [] {
    LoopPlatform* made = new LoopPlatform;
    v8::V8::InitializePlatform(made);
    v8::V8::Initialize();
    return made;
  }();
  return *platform;
}

void LoopPlatform::add(v8::Isolate* isolate, std::shared_ptr<v8::TaskRunner> runner) {
  std::lock_guard guard(lock_);
  runners_[isolate] = std::move(runner);
}

void LoopPlatform::remove(v8::Isolate* isolate) {
  std::lock_guard guard(lock_);
  runners_.erase(isolate);
}

std::shared_ptr<v8::TaskRunner> LoopPlatform::GetForegroundTaskRunner(v8::Isolate* isolate) {
  std::lock_guard guard(lock_);
  auto found = runners_.find(isolate);
  return found == runners_.end() ? nullptr : found->second;
}

}  // namespace violet::js
