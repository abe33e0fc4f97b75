// The frame that the running callback belongs to (async_frame.h).
#include "v8/async_frame.h"
#include "v8/binding.h"

namespace violet::js {
namespace {

void get_frame(const Arguments& arguments) {
  answer(arguments,
         arguments.GetIsolate()->GetCurrentContext()->GetContinuationPreservedEmbedderData());
}

void set_frame(const Arguments& arguments) {
  arguments.GetIsolate()->GetCurrentContext()->SetContinuationPreservedEmbedderData(arguments[0]);
}

// useFrames(): from now on somebody looks at them.
void use_frames(const Arguments& arguments) {
  Runtime::of(arguments.GetIsolate()).uses_frames = true;
}

// setPromiseHooks(init, before, after, resolve): each hears of a promise; none from now on without.
void set_promise_hooks(const Arguments& arguments) {
  v8::Local<v8::Function> hooks[4];
  for (int i = 0; i < arguments.Length(); ++i)
    hooks[i] = arguments[i].As<v8::Function>();
  arguments.GetIsolate()->GetCurrentContext()->SetPromiseHooks(hooks[0], hooks[1], hooks[2],
                                                               hooks[3]);
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
  set_function(isolate, target, "setPromiseHooks", set_promise_hooks);
}

}  // namespace violet::js
