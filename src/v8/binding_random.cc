// Random bytes, on the thread pool.
#include "v8/handle_object.h"

namespace violet::js {
namespace {

// random(view, request): without a request at once.
void random(const Arguments& arguments) {
  Runtime& runtime = Runtime::of(arguments.GetIsolate());
  const Bytes bytes = bytes_of(arguments[0]);
  if (!arguments[1]->IsObject())
    return answer(arguments, uv_random(nullptr, nullptr, bytes.data, bytes.size, 0, nullptr));
  auto done = [](uv_random_t* finished, int status, void*, std::size_t) {
    auto& self = RequestObject<uv_random_t>::of(finished);
    CallbackScope scope(self.runtime, self.frame);
    v8::Local<v8::Value> told[] = {v8::Integer::New(self.runtime.isolate(), status)};
    self.complete(scope, 1, told);
  };
  const auto start = [&](uv_random_t* request) {
    return uv_random(runtime.loop(), request, bytes.data, bytes.size, 0, done);
  };
  answer(arguments, start_request<uv_random_t>(runtime, arguments[1], start, arguments[0]));
}

}  // namespace

void make_random_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  set_function(runtime.isolate(), target, "random", random);
}

}  // namespace violet::js
