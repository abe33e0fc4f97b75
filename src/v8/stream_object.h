// What TCP sockets, pipes and terminals have in common in JavaScript: readStart, readStop, write,
// shutdown, listen, accept; the object's `onread` and `onconnection` hear of what came.
#pragma once

#include "v8/handle_object.h"

namespace violet::js {

class StreamObject : public HandleObject {
 public:
  uv_stream_t* stream() const { return reinterpret_cast<uv_stream_t*>(handle()); }

  static StreamObject* of(const Arguments& arguments) {
    return static_cast<StreamObject*>(HandleObject::of(arguments));
  }
  static void add_methods(v8::Isolate* isolate, v8::Local<v8::FunctionTemplate> made);

 protected:
  using HandleObject::HandleObject;
};

// For uv_connect_t of every kind of stream.
void on_connected(uv_connect_t* request, int status);

}  // namespace violet::js
