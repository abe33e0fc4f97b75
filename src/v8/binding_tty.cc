// Terminals.
#include "v8/stream_object.h"

namespace violet::js {
namespace {

class TtyObject final : public StreamObject {
 public:
  TtyObject(Runtime& runtime, v8::Local<v8::Object> object)
      : StreamObject(runtime, object, reinterpret_cast<uv_handle_t*>(&tty_)) {}
  uv_tty_t* tty() { return &tty_; }

 private:
  uv_tty_t tty_;
};

// new TTY(descriptor): throws for what is no terminal.
void construct(const Arguments& arguments) {
  Runtime& runtime = Runtime::of(arguments.GetIsolate());
  const int descriptor = to_int(runtime.isolate(), arguments[0]);
  TtyObject* self = new TtyObject(runtime, arguments.This());
  const int error = uv_tty_init(runtime.loop(), self->tty(), descriptor, 0);
  self->tty()->data = self;
  if (error == 0) return;
  arguments.This()->SetAlignedPointerInInternalField(0, nullptr);
  delete self;
  throw_error(runtime.isolate(), error, "uv_tty_init");
}

// getWindowSize(): [columns, rows], or an error.
void window_size(TtyObject& self, const Arguments& arguments) {
  v8::Isolate* isolate = self.isolate();
  int columns = 0, rows = 0;
  const int error = uv_tty_get_winsize(self.tty(), &columns, &rows);
  if (error != 0) return arguments.GetReturnValue().Set(error);
  v8::Local<v8::Value> size[] = {v8::Integer::New(isolate, columns),
                                 v8::Integer::New(isolate, rows)};
  arguments.GetReturnValue().Set(v8::Array::New(isolate, size, 2));
}

void set_raw_mode(TtyObject& self, const Arguments& arguments) {
  const uv_tty_mode_t mode = arguments[0]->IsTrue() ? UV_TTY_MODE_RAW : UV_TTY_MODE_NORMAL;
  arguments.GetReturnValue().Set(uv_tty_set_mode(self.tty(), mode));
}

// guessHandle(descriptor): "tty", "pipe", "file", "tcp", "udp" or "unknown".
void guess_handle(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const uv_handle_type type = uv_guess_handle(to_int(isolate, arguments[0]));
  const char* known = type == UV_FILE ? "file" : uv_handle_type_name(type);
  arguments.GetReturnValue().Set(text(isolate, known == nullptr ? "unknown" : known));
}

}  // namespace

void make_tty_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made = make_handle_class(isolate, "TTY", construct);
  StreamObject::add_methods(isolate, made);
  add_method<window_size>(isolate, made, "getWindowSize");
  add_method<set_raw_mode>(isolate, made, "setRawMode");
  offer_class(runtime, target, "TTY", made);
  set_function(isolate, target, "guessHandle", guess_handle);
}

}  // namespace violet::js
