// THE DOOR to JavaScript. Every callback of the loop that ends in a JavaScript function passes it.
//
// When the outermost scope closes, process.nextTick()'s queue and then the microtasks are drained,
// until both are empty: that is why a tick comes before a promise, and both before the next
// callback.
#pragma once

#include "v8/async_frame.h"
#include "v8/runtime.h"

namespace violet::js {

class CallbackScope {
 public:
  explicit CallbackScope(Runtime& runtime);
  // For a callback of what was made in that frame.
  CallbackScope(Runtime& runtime, const AsyncFrame& frame);
  ~CallbackScope();
  CallbackScope(const CallbackScope&) = delete;
  CallbackScope& operator=(const CallbackScope&) = delete;

  // Calls a function. An exception goes to the program's listeners or ends it; the result is empty
  // then.
  v8::MaybeLocal<v8::Value> call(v8::Local<v8::Value> receiver, v8::Local<v8::Function> function,
                                 int count = 0, v8::Local<v8::Value>* arguments = nullptr);
  // What `--trace-phases` says of it; null for what the object says of itself.
  void set_subject(const char* subject) { subject_ = subject; }
  // The method of that name, if the object has one.
  v8::MaybeLocal<v8::Value> call_method(v8::Local<v8::Object> object, const char* method,
                                        int count = 0, v8::Local<v8::Value>* arguments = nullptr);

 private:
  Runtime& runtime_;
  v8::HandleScope handles_;
  v8::Context::Scope context_;
  const char* subject_ = nullptr;
  v8::Local<v8::Value> frame_before_;  // empty where nobody looks at frames
};

}  // namespace violet::js
