// Unix domain sockets and pipes.
#include "v8/stream_object.h"

namespace violet::js {
namespace {

class PipeObject final : public StreamObject {
 public:
  PipeObject(Runtime& runtime, v8::Local<v8::Object> object, bool ipc)
      : StreamObject(runtime, object, reinterpret_cast<uv_handle_t*>(&pipe_)) {
    uv_pipe_init(runtime.loop(), &pipe_, ipc ? 1 : 0);
    pipe_.data = this;
  }
  uv_pipe_t* pipe() { return &pipe_; }

 private:
  uv_pipe_t pipe_;
};

// new Pipe(ipc)
void construct(const Arguments& arguments) {
  new PipeObject(Runtime::of(arguments.GetIsolate()), arguments.This(), arguments[0]->IsTrue());
}

void open(PipeObject& self, const Arguments& arguments) {
  arguments.GetReturnValue().Set(uv_pipe_open(self.pipe(), to_int(self.isolate(), arguments[0])));
}

void bind(PipeObject& self, const Arguments& arguments) {
  const std::string path = to_string(self.isolate(), arguments[0]);
  arguments.GetReturnValue().Set(uv_pipe_bind(self.pipe(), path.c_str()));
}

// connect(request, path)
void connect(PipeObject& self, const Arguments& arguments) {
  const std::string path = to_string(self.isolate(), arguments[1]);
  auto* request = new RequestObject<uv_connect_t>(self.runtime(), arguments[0].As<v8::Object>());
  uv_pipe_connect(&request->request, self.pipe(), path.c_str(), on_connected);
  arguments.GetReturnValue().Set(0);
}

// pendingType(): "tcp", "pipe" or undefined, for what came over an IPC pipe and waits for accept().
void pending_type(PipeObject& self, const Arguments& arguments) {
  if (uv_pipe_pending_count(self.pipe()) == 0) return;
  const char* type = uv_handle_type_name(uv_pipe_pending_type(self.pipe()));
  arguments.GetReturnValue().Set(text(self.isolate(), type == nullptr ? "unknown" : type));
}

}  // namespace

void make_pipe_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made = make_handle_class(isolate, "Pipe", construct);
  StreamObject::add_methods(isolate, made);
  add_method<open>(isolate, made, "open");
  add_method<bind>(isolate, made, "bind");
  add_method<connect>(isolate, made, "connect");
  add_method<pending_type>(isolate, made, "pendingType");
  offer_class(runtime, target, "Pipe", made);
}

}  // namespace violet::js
