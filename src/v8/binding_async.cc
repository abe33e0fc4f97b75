// The frame that the running callback belongs to (async_frame.h).
#include "v8/async_frame.h"
#include "v8/binding.h"

namespace violet::js {
namespace {

void get_frame(const Arguments& arguments) {
  arguments.GetReturnValue().Set(
      arguments.GetIsolate()->GetCurrentContext()->GetContinuationPreservedEmbedderData());
}

void set_frame(const Arguments& arguments) {
  arguments.GetIsolate()->GetCurrentContext()->SetContinuationPreservedEmbedderData(arguments[0]);
}

// useFrames(): from now on somebody looks at them.
void use_frames(const Arguments& arguments) {
  Runtime::of(arguments.GetIsolate()).uses_frames = true;
}

}  // namespace

AsyncFrame::AsyncFrame(const Runtime& runtime) {
  if (!runtime.uses_frames) return;
  value_.Reset(runtime.isolate(), runtime.context()->GetContinuationPreservedEmbedderData());
}

void make_async_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  set_function(isolate, target, "getFrame", get_frame);
  set_function(isolate, target, "setFrame", set_frame);
  set_function(isolate, target, "useFrames", use_frames);
}

}  // namespace violet::js
