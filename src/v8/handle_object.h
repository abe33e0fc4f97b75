// A handle of the loop and the JavaScript object that stands for it.
//
// Life: made by `new`; the object is held until the handle is closed, so that its callbacks find
// it. After close() the object's `onclose` runs, then the C++ part is freed and the object's
// methods throw.
#pragma once

#include <tuple>
#include <utility>

#include "v8/binding.h"
#include "v8/callback_scope.h"
#include "v8/errors.h"

namespace violet::js {

class HandleObject : public Owned {
 public:
  // Null, with an exception thrown, when the handle has been closed.
  static HandleObject* of(const Arguments& arguments) {
    v8::Local<v8::Object> self = arguments.This();
    auto* handle = self->InternalFieldCount() < 1
                       ? nullptr
                       : static_cast<HandleObject*>(self->GetAlignedPointerFromInternalField(0));
    if (handle == nullptr) throw_type_error(arguments.GetIsolate(), "the handle is closed");
    return handle;
  }

  // Of an object that is known to be a handle's and not closed.
  static HandleObject* at(v8::Local<v8::Value> value) {
    return static_cast<HandleObject*>(
        value.As<v8::Object>()->GetAlignedPointerFromInternalField(0));
  }

  Runtime& runtime() const { return runtime_; }
  v8::Isolate* isolate() const { return runtime_.isolate(); }
  v8::Local<v8::Object> object() const { return object_.Get(runtime_.isolate()); }
  uv_handle_t* handle() const { return handle_; }
  const AsyncFrame& frame() const { return frame_; }

  // Methods that every handle has: close, ref, unref, hasRef.
  static void add_methods(v8::Isolate* isolate, v8::Local<v8::FunctionTemplate> made);

 protected:
  static void on_closed(uv_handle_t* handle);

  HandleObject(Runtime& runtime, v8::Local<v8::Object> object, uv_handle_t* handle)
      : Owned(runtime),
        runtime_(runtime),
        object_(runtime.isolate(), object),
        handle_(handle),
        frame_(runtime) {
    object->SetAlignedPointerInInternalField(0, this);
  }

 private:
  static void close(const Arguments& arguments);

  Runtime& runtime_;
  v8::Global<v8::Object> object_;
  uv_handle_t* handle_;
  AsyncFrame frame_;
};

// One with its handle inside.
template <typename Handle, typename Base = HandleObject>
class HandleOf : public Base {
 public:
  HandleOf(Runtime& runtime, v8::Local<v8::Object> object)
      : Base(runtime, object, reinterpret_cast<uv_handle_t*>(&raw)) {
    raw = {};
    raw.data = static_cast<HandleObject*>(this);
  }

  Handle raw;
};

// The object behind a handle, in its callbacks.
template <typename Object, typename Handle>
Object& object_of(Handle* handle) {
  return *static_cast<Object*>(static_cast<HandleObject*>(handle->data));
}

// Memory of the thread to read into: what is read is copied before the next read.
void lend_memory(uv_handle_t*, std::size_t, uv_buf_t* buffer);

// Makes the C++ part of one that needs no arguments.
template <typename Object>
void construct_handle(const Arguments& arguments) {
  new Object(Runtime::of(arguments.GetIsolate()), arguments.This());
}

// A class of handle objects: `constructor` makes the C++ part of `arguments.This()`.
inline v8::Local<v8::FunctionTemplate> make_handle_class(v8::Isolate* isolate,
                                                         const char* class_name,
                                                         v8::FunctionCallback constructor) {
  v8::Local<v8::FunctionTemplate> made = make_class(isolate, class_name, constructor);
  HandleObject::add_methods(isolate, made);
  return made;
}

template <auto function>
struct MethodOf;
template <typename Self, void (*function)(Self& self, const Arguments& arguments)>
struct MethodOf<function> {
  static void call(const Arguments& arguments) {
    if (HandleObject* self = HandleObject::of(arguments))
      function(static_cast<Self&>(*self), arguments);
  }
};

template <typename Self, typename Result, Result (Self::*function)()>
struct MethodOf<function> {
  static void call(const Arguments& arguments) {
    HandleObject* self = HandleObject::of(arguments);
    if (self == nullptr) return;
    if constexpr (std::is_void_v<Result>)
      (static_cast<Self*>(self)->*function)();
    else
      answer(arguments, (static_cast<Self*>(self)->*function)());
  }
};

// A method out of a function that takes the handle, or of one of its own; it throws where that is
// closed.
template <auto function>
void add_method(v8::Isolate* isolate, v8::Local<v8::FunctionTemplate> made, const char* key) {
  add_method(isolate, made, key, MethodOf<function>::call);
}

// A method out of a function of the loop: its arguments come from JavaScript, its answer goes
// there.
template <auto Operation>
struct HandleCall;
template <typename Result, typename Handle, typename... Values,
          Result (*Operation)(Handle*, Values...)>
struct HandleCall<Operation> {
  template <std::size_t... Index>
  static Result call_with(HandleObject& self, const Arguments& arguments,
                          std::index_sequence<Index...>) {
    const std::tuple values(argument_at<Values>(arguments, Index)...);
    return Operation(reinterpret_cast<Handle*>(self.handle()), passed(std::get<Index>(values))...);
  }
  static void call(HandleObject& self, const Arguments& arguments) {
    answer(arguments, call_with(self, arguments, std::index_sequence_for<Values...>()));
  }
};
template <auto Operation>
void add_call(v8::Isolate* isolate, v8::Local<v8::FunctionTemplate> made, const char* key) {
  add_method<HandleCall<Operation>::call>(isolate, made, key);
}

// A request of the loop and the object whose `oncomplete` hears of its end. `kept` is what must
// live until then: the views whose bytes are written, say.
template <typename Request>
struct RequestObject {
  RequestObject(Runtime& owner, v8::Local<v8::Object> object)
      : runtime(owner), frame(owner), object_(owner.isolate(), object) {
    request.data = this;
  }
  virtual ~RequestObject() = default;

  static RequestObject& of(Request* request) { return *static_cast<RequestObject*>(request->data); }

  v8::Local<v8::Object> object() const { return object_.Get(runtime.isolate()); }

  // Calls `oncomplete` and frees the request.
  void complete(CallbackScope& scope, int count, v8::Local<v8::Value>* arguments) {
    v8::Local<v8::Object> told = object();
    delete this;
    scope.call_method(told, "oncomplete", count, arguments);
  }

  Runtime& runtime;
  AsyncFrame frame;
  Request request;
  v8::Global<v8::Value> kept;

 private:
  v8::Global<v8::Object> object_;
};

// Makes a request of an object, and starts it: `start(request)` is the call of the loop, whose
// answer it gives. `kept` as above.
template <typename Request, typename Start>
int start_request(Runtime& runtime, v8::Local<v8::Value> object, Start start,
                  v8::Local<v8::Value> kept = {}) {
  auto* made = new RequestObject<Request>(runtime, object.As<v8::Object>());
  if (!kept.IsEmpty()) made->kept.Reset(runtime.isolate(), kept);
  const int error = start(&made->request);
  if (error != 0) delete made;
  return error;
}

// For requests whose end is told by a status.
template <typename Request>
void complete_with_status(Request* request, int status) {
  RequestObject<Request>& self = RequestObject<Request>::of(request);
  CallbackScope scope(self.runtime, self.frame);
  v8::Local<v8::Value> arguments[] = {v8::Integer::New(self.runtime.isolate(), status)};
  self.complete(scope, 1, arguments);
}

}  // namespace violet::js
