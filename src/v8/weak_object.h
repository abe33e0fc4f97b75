// C++ behind a JavaScript object that is no handle of the loop: a hash, a cipher, a compressor. It
// goes when the object is collected, and not while it is held.
#pragma once

#include <initializer_list>

#include "v8/binding.h"
#include "v8/errors.h"

namespace violet::js {

class WeakObject : public Owned {
 public:
  v8::Local<v8::Object> object(v8::Isolate* isolate) const { return object_.Get(isolate); }

  // Of an object that is known to be one of that class.
  template <typename Type>
  static Type& of(v8::Local<v8::Value> value) {
    return *static_cast<Type*>(
        static_cast<WeakObject*>(value.As<v8::Object>()->GetAlignedPointerFromInternalField(0)));
  }

  // Work is under way that needs it.
  void hold() { object_.ClearWeak(); }
  void release() { object_.SetWeak(this, on_collected, v8::WeakCallbackType::kParameter); }

 protected:
  WeakObject(v8::Isolate* isolate, v8::Local<v8::Object> object)
      : Owned(Runtime::of(isolate)), object_(isolate, object) {
    object->SetAlignedPointerInInternalField(0, this);
    release();
  }

 private:
  static void on_collected(const v8::WeakCallbackInfo<WeakObject>& info) {
    // Its destructor runs outside of the collector.
    info.GetParameter()->object_.Reset();
    info.GetParameter()->disown();
    info.SetSecondPassCallback(
        [](const v8::WeakCallbackInfo<WeakObject>& second) { delete second.GetParameter(); });
  }

  v8::Global<v8::Object> object_;
};

// Of the object whose method is being called.
template <typename Type>
Type& self_of(const Arguments& arguments) {
  return WeakObject::of<Type>(arguments.This());
}

// Offers a class of such objects: `constructor` makes the C++ part of `arguments.This()`.
inline void offer_weak_class(Runtime& runtime, v8::Local<v8::Object> target, const char* class_name,
                             v8::FunctionCallback constructor,
                             std::initializer_list<Method> methods) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made = make_class(isolate, class_name, constructor);
  for (const Method& method : methods)
    add_method(isolate, made, method.name, method.function);
  offer_class(runtime, target, class_name, made);
}

}  // namespace violet::js
