// Work for the thread pool that JavaScript asks for in either way: without a request it is done at
// once, with one `request.oncomplete(...)` hears of its end.
#pragma once

#include "v8/handle_object.h"

namespace violet::js {

// `Work` has run(), which touches nothing of V8's, and result(isolate), the value for JavaScript.
template <typename Work>
struct WorkRequest final : RequestObject<uv_work_t> {
  Work work;

  WorkRequest(Runtime& owner, v8::Local<v8::Object> object, Work what)
      : RequestObject(owner, object), work(std::move(what)) {}

  static WorkRequest& of(uv_work_t* request) {
    return static_cast<WorkRequest&>(RequestObject::of(request));
  }
  static void run(uv_work_t* request) { of(request).work.run(); }
  static void finish(uv_work_t* request, int status) {
    WorkRequest& self = of(request);
    CallbackScope scope(self.runtime, self.frame);
    v8::Local<v8::Value> value = v8::Null(self.runtime.isolate());
    if (status == 0) value = self.work.result(self.runtime.isolate());
    self.complete(scope, 1, &value);
  }
};

// `kept` is what must live until the end: the views whose bytes are worked on.
template <typename Work>
void run_work(const Arguments& arguments, v8::Local<v8::Value> request, Work work,
              v8::Local<v8::Value> kept = {}) {
  v8::Isolate* isolate = arguments.GetIsolate();
  if (!request->IsObject()) {
    work.run();
    return answer(arguments, work.result(isolate));
  }
  Runtime& runtime = Runtime::of(isolate);
  auto* made = new WorkRequest<Work>(runtime, request.As<v8::Object>(), std::move(work));
  if (!kept.IsEmpty()) made->kept.Reset(isolate, kept);
  uv_queue_work(runtime.loop(), &made->request, WorkRequest<Work>::run, WorkRequest<Work>::finish);
}

}  // namespace violet::js
