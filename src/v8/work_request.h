// Work for the thread pool that JavaScript asks for in either way: without a request it is done at
// once, with one `request.oncomplete(...)` hears of its end.
#pragma once

#include "v8/handle_object.h"

namespace violet::js {

// `Work` has run(), which touches nothing of V8's, and result(isolate), the value for JavaScript.
template <typename Work>
struct WorkRequest {
  RequestObject<uv_work_t> base;
  Work work;

  WorkRequest(Runtime& runtime, v8::Local<v8::Object> object, Work what)
      : base(runtime, object), work(std::move(what)) {
    base.request.data = this;
  }

  static void run(uv_work_t* request) { static_cast<WorkRequest*>(request->data)->work.run(); }
  static void finish(uv_work_t* request, int status) {
    auto* self = static_cast<WorkRequest*>(request->data);
    Runtime& runtime = self->base.runtime;
    CallbackScope scope(runtime, self->base.frame);
    v8::Local<v8::Value> value = v8::Null(runtime.isolate());
    if (status == 0) value = self->work.result(runtime.isolate());
    v8::Local<v8::Object> object = self->base.object();
    delete self;
    scope.call_method(object, "oncomplete", 1, &value);
  }
};

// `kept` is what must live until the end: the views whose bytes are worked on.
template <typename Work>
void run_work(const Arguments& arguments, v8::Local<v8::Value> request, Work work,
              v8::Local<v8::Value> kept = {}) {
  v8::Isolate* isolate = arguments.GetIsolate();
  if (!request->IsObject()) {
    work.run();
    return arguments.GetReturnValue().Set(work.result(isolate));
  }
  Runtime& runtime = Runtime::of(isolate);
  auto* made = new WorkRequest<Work>(runtime, request.As<v8::Object>(), std::move(work));
  if (!kept.IsEmpty()) made->base.kept.Reset(isolate, kept);
  uv_queue_work(runtime.loop(), &made->base.request, WorkRequest<Work>::run,
                WorkRequest<Work>::finish);
}

}  // namespace violet::js
