#include "v8/callback_scope.h"

#include "v8/values.h"

namespace violet::js {
namespace {

// Ticks first, then microtasks; either may bring the other.
void drain(Runtime& runtime) {
  v8::Isolate* isolate = runtime.isolate();
  if (runtime.has_ticks[0] == 0) runtime.trace.note_drained();
  if (runtime.has_ticks[0] == 0) isolate->PerformMicrotaskCheckpoint();
  if (runtime.has_ticks[0] == 0 || runtime.is_exiting()) return;
  v8::TryCatch caught(isolate);
  v8::Local<v8::Context> context = runtime.context();
  v8::MaybeLocal<v8::Value> result =
      runtime.hook(Runtime::Hook::kDrainTicks)->Call(context, v8::Undefined(isolate), 0, nullptr);
  if (!result.IsEmpty() || caught.HasTerminated()) return;
  runtime.report_uncaught(caught.Exception(), caught.Message());
}

}  // namespace

CallbackScope::CallbackScope(Runtime& runtime)
    : runtime_(runtime), handles_(runtime.isolate()), context_(runtime.context()) {
  ++runtime_.callback_depth;
  if (runtime.uses_frames)
    frame_before_ = runtime.context()->GetContinuationPreservedEmbedderData();
}

CallbackScope::CallbackScope(Runtime& runtime, const AsyncFrame& frame) : CallbackScope(runtime) {
  if (runtime.uses_frames)
    runtime.context()->SetContinuationPreservedEmbedderData(frame.get(runtime.isolate()));
}

CallbackScope::~CallbackScope() {
  if (!frame_before_.IsEmpty())
    runtime_.context()->SetContinuationPreservedEmbedderData(frame_before_);
  // A tick that throws has been reported; those behind it still have their turn.
  if (runtime_.callback_depth == 1) {
    do {
      drain(runtime_);
    } while (runtime_.has_ticks[0] != 0 && !runtime_.is_exiting());
  }
  --runtime_.callback_depth;
}

v8::MaybeLocal<v8::Value> CallbackScope::call(v8::Local<v8::Value> receiver,
                                              v8::Local<v8::Function> function, int count,
                                              v8::Local<v8::Value>* arguments) {
  if (runtime_.is_exiting()) return {};
  v8::TryCatch caught(runtime_.isolate());
  v8::MaybeLocal<v8::Value> result = function->Call(runtime_.context(), receiver, count, arguments);
  if (result.IsEmpty() && !caught.HasTerminated() && !runtime_.is_exiting()) {
    runtime_.report_uncaught(caught.Exception(), caught.Message());
  }
  return result;
}

v8::MaybeLocal<v8::Value> CallbackScope::call_method(v8::Local<v8::Object> object,
                                                     const char* method, int count,
                                                     v8::Local<v8::Value>* arguments) {
  v8::Local<v8::Value> found;
  if (!object->Get(runtime_.context(), name(runtime_.isolate(), method)).ToLocal(&found) ||
      !found->IsFunction()) {
    return {};
  }
  if (runtime_.trace.is_on()) {
    const std::string subject = subject_ != nullptr
                                    ? subject_
                                    : to_string(runtime_.isolate(), object->GetConstructorName());
    runtime_.trace.note(subject == "Object" ? "request: " + std::string(method)
                                            : subject + ": " + method);
  }
  return call(object, found.As<v8::Function>(), count, arguments);
}

}  // namespace violet::js
