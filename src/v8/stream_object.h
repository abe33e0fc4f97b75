// What TCP sockets, pipes and terminals have in common in JavaScript: readStart, readStop, write,
// shutdown, listen, accept; the object's `onread` and `onconnection` hear of what came.
#pragma once

#include "v8/handle_object.h"

namespace violet::js {

// Takes what a stream reads instead of its JavaScript object.
class StreamConsumer {
 public:
  virtual void on_read(ssize_t count, const uv_buf_t& buffer) = 0;
  // The stream is being freed.
  virtual void on_stream_gone() = 0;

 protected:
  ~StreamConsumer() = default;
};

class StreamObject : public HandleObject {
 public:
  ~StreamObject() override {
    if (consumer != nullptr) consumer->on_stream_gone();
  }
  uv_stream_t* stream() const { return reinterpret_cast<uv_stream_t*>(handle()); }

  static StreamObject* at(v8::Local<v8::Value> value) {
    return static_cast<StreamObject*>(HandleObject::at(value));
  }
  static void add_methods(v8::Isolate* isolate, v8::Local<v8::FunctionTemplate> made);

  // onread(count or error, bytes)
  void tell_read(CallbackScope& scope, ssize_t count, const char* bytes);

  StreamConsumer* consumer = nullptr;

 protected:
  using HandleObject::HandleObject;
};

// writeText(request, head, body, tail): in text_write.cc.
void write_text(StreamObject& self, const Arguments& arguments);

// For uv_connect_t of every kind of stream.
void on_connected(uv_connect_t* request, int status);

}  // namespace violet::js
