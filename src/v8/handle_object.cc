#include "v8/handle_object.h"

namespace violet::js {

void lend_memory(uv_handle_t*, std::size_t, uv_buf_t* buffer) {
  constexpr std::size_t kSize = std::size_t{64} * 1024;
  thread_local std::vector<char> memory(kSize);
  *buffer = uv_buf_init(memory.data(), kSize);
}

void HandleObject::on_closed(uv_handle_t* handle) {
  HandleObject* self = static_cast<HandleObject*>(handle->data);
  {
    CallbackScope scope(self->runtime_, self->frame_);
    self->runtime_.trace.enter(PhaseTrace::Phase::kClosing);
    v8::Local<v8::Object> object = self->object();
    object->SetAlignedPointerInInternalField(0, nullptr);
    scope.call_method(object, "onclose");
  }
  delete self;
}

// Closing twice is harmless: the second call finds the handle closing.
void HandleObject::close(const Arguments& arguments) {
  v8::Local<v8::Object> self = arguments.This();
  auto* handle = static_cast<HandleObject*>(self->GetAlignedPointerFromInternalField(0));
  if (handle != nullptr && !uv_is_closing(handle->handle_)) uv_close(handle->handle_, on_closed);
}

void HandleObject::add_methods(v8::Isolate* isolate, v8::Local<v8::FunctionTemplate> made) {
  add_method(isolate, made, "close", close);
  add_method(isolate, made, "ref", [](const Arguments& arguments) {
    if (HandleObject* self = of(arguments)) uv_ref(self->handle_);
  });
  add_method(isolate, made, "unref", [](const Arguments& arguments) {
    if (HandleObject* self = of(arguments)) uv_unref(self->handle_);
  });
  add_method(isolate, made, "hasRef", [](const Arguments& arguments) {
    HandleObject* self = of(arguments);
    if (self != nullptr) answer(arguments, uv_has_ref(self->handle_) != 0);
  });
}

}  // namespace violet::js
