// Unix domain sockets and pipes.
#include "v8/stream_object.h"

namespace violet::js {
namespace {

using PipeObject = HandleOf<uv_pipe_t, StreamObject>;

// new Pipe(ipc)
void construct(const Arguments& arguments) {
  Runtime& runtime = Runtime::of(arguments.GetIsolate());
  auto* self = new PipeObject(runtime, arguments.This());
  uv_pipe_init(runtime.loop(), &self->raw, arguments[0]->IsTrue() ? 1 : 0);
}

// connect(request, path)
void connect(PipeObject& self, const Arguments& arguments) {
  const std::string path = text_at(arguments, 1);
  const auto start = [&](uv_connect_t* request) {
    uv_pipe_connect(request, &self.raw, path.c_str(), on_connected);
    return 0;
  };
  answer(arguments, start_request<uv_connect_t>(self.runtime(), arguments[0], start));
}

// pendingType(): "tcp", "pipe" or undefined, for what came over an IPC pipe and waits for accept().
void pending_type(PipeObject& self, const Arguments& arguments) {
  if (uv_pipe_pending_count(&self.raw) == 0) return;
  const char* type = uv_handle_type_name(uv_pipe_pending_type(&self.raw));
  answer(arguments, type == nullptr ? "unknown" : type);
}

}  // namespace

void make_pipe_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made = make_handle_class(isolate, "Pipe", construct);
  StreamObject::add_methods(isolate, made);
  add_call<uv_pipe_open>(isolate, made, "open");
  add_call<uv_pipe_bind>(isolate, made, "bind");
  add_method<connect>(isolate, made, "connect");
  add_method<pending_type>(isolate, made, "pendingType");
  offer_class(runtime, target, "Pipe", made);
}

}  // namespace violet::js
