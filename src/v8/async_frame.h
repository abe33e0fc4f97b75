// What goes along a chain of callbacks: the values of async_hooks' AsyncLocalStorage. V8 carries it
// through promises; a handle or a request keeps the one that it was made in.
#pragma once

#include <v8.h>

namespace violet::js {

class Runtime;

class AsyncFrame {
 public:
  // The one that runs now.
  explicit AsyncFrame(const Runtime& runtime);

  // Undefined where there is none.
  v8::Local<v8::Value> get(v8::Isolate* isolate) const {
    if (value_.IsEmpty()) return v8::Undefined(isolate);
    return value_.Get(isolate);
  }

 private:
  v8::Global<v8::Value> value_;  // empty, which costs nothing, where nobody uses them
};

}  // namespace violet::js
