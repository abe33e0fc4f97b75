// C++ behind a JavaScript object that is no handle of the loop: a hash, a cipher, a compressor. It
// goes when the object is collected, and not while it is held.
#pragma once

#include "v8/binding.h"
#include "v8/errors.h"

namespace violet::js {

class WeakObject {
 public:
  virtual ~WeakObject() = default;
  WeakObject(const WeakObject&) = delete;
  WeakObject& operator=(const WeakObject&) = delete;

  v8::Local<v8::Object> object(v8::Isolate* isolate) const { return object_.Get(isolate); }

  // Work is under way that needs it.
  void hold() { object_.ClearWeak(); }
  void release() { object_.SetWeak(this, on_collected, v8::WeakCallbackType::kParameter); }

 protected:
  WeakObject(v8::Isolate* isolate, v8::Local<v8::Object> object) : object_(isolate, object) {
    object->SetAlignedPointerInInternalField(0, this);
    release();
  }

  static WeakObject* at(v8::Local<v8::Object> object) {
    return static_cast<WeakObject*>(object->GetAlignedPointerFromInternalField(0));
  }

 private:
  static void on_collected(const v8::WeakCallbackInfo<WeakObject>& info) {
    // Its destructor runs outside of the collector.
    info.GetParameter()->object_.Reset();
    info.SetSecondPassCallback(
        [](const v8::WeakCallbackInfo<WeakObject>& second) { delete second.GetParameter(); });
  }

  v8::Global<v8::Object> object_;
};

// A class of such objects.
inline v8::Local<v8::FunctionTemplate> make_weak_class(v8::Isolate* isolate, const char* class_name,
                                                       v8::FunctionCallback constructor) {
  v8::Local<v8::FunctionTemplate> made = v8::FunctionTemplate::New(isolate, constructor);
  made->SetClassName(name(isolate, class_name));
  made->InstanceTemplate()->SetInternalFieldCount(1);
  return made;
}

}  // namespace violet::js
