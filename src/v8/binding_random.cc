// Random bytes, on the thread pool.
#include "v8/handle_object.h"

namespace violet::js {
namespace {

// random(view, request): without a request at once.
void random(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Runtime& runtime = Runtime::of(isolate);
  const Bytes bytes = bytes_of(arguments[0]);
  if (!arguments[1]->IsObject())
    return arguments.GetReturnValue().Set(
        uv_random(nullptr, nullptr, bytes.data, bytes.size, 0, nullptr));
  auto* request = new RequestObject<uv_random_t>(runtime, arguments[1].As<v8::Object>());
  request->kept.Reset(isolate, arguments[0]);
  auto done = [](uv_random_t* finished, int status, void*, std::size_t) {
    auto& self = RequestObject<uv_random_t>::of(finished);
    CallbackScope scope(self.runtime, self.frame);
    v8::Local<v8::Value> told[] = {v8::Integer::New(self.runtime.isolate(), status)};
    self.complete(scope, 1, told);
  };
  const int error = uv_random(runtime.loop(), &request->request, bytes.data, bytes.size, 0, done);
  if (error != 0) delete request;
  arguments.GetReturnValue().Set(error);
}

}  // namespace

void make_random_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  set_function(runtime.isolate(), target, "random", random);
}

}  // namespace violet::js
