// Terminals.
#include "v8/stream_object.h"

namespace violet::js {
namespace {

using TtyObject = HandleOf<uv_tty_t, StreamObject>;

// new TTY(descriptor): throws for what is no terminal.
void construct(const Arguments& arguments) {
  Runtime& runtime = Runtime::of(arguments.GetIsolate());
  auto* self = new TtyObject(runtime, arguments.This());
  const int error = uv_tty_init(runtime.loop(), &self->raw, int_at(arguments, 0), 0);
  if (error == 0) return;
  arguments.This()->SetAlignedPointerInInternalField(0, nullptr);
  delete self;
  throw_error(runtime.isolate(), error, "uv_tty_init");
}

// getWindowSize(): [columns, rows], or an error.
void window_size(TtyObject& self, const Arguments& arguments) {
  int columns = 0, rows = 0;
  const int error = uv_tty_get_winsize(&self.raw, &columns, &rows);
  if (error != 0) return answer(arguments, error);
  answer(arguments, numbers_of(self.isolate(), columns, rows));
}

// guessHandle(descriptor): "tty", "pipe", "file", "tcp", "udp" or "unknown".
void guess_handle(const Arguments& arguments) {
  const uv_handle_type type = uv_guess_handle(int_at(arguments, 0));
  const char* known = type == UV_FILE ? "file" : uv_handle_type_name(type);
  answer(arguments, known == nullptr ? "unknown" : known);
}

}  // namespace

void make_tty_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made = make_handle_class(isolate, "TTY", construct);
  StreamObject::add_methods(isolate, made);
  add_method<window_size>(isolate, made, "getWindowSize");
  add_call<uv_tty_set_mode>(isolate, made, "setRawMode");
  offer_class(runtime, target, "TTY", made);
  set_function(isolate, target, "guessHandle", guess_handle);
}

}  // namespace violet::js
