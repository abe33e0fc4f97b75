// One end of a message channel: `receive(value)` for each message, `onend` when the other side is
// gone.
#pragma once

#include "v8/handle_object.h"
#include "v8/message.h"

namespace violet::js {

class PortObject final : public HandleOf<uv_async_t> {
 public:
  PortObject(Runtime& runtime, v8::Local<v8::Object> object, ChannelEnd end);
  ~PortObject() override { PortObject::leave(); }

  static PortObject* at(v8::Local<v8::Value> value) {
    return static_cast<PortObject*>(HandleObject::at(value));
  }
  void start() { end_.own->set_wake(&raw); }
  // Hands out what there is now.
  void deliver();
  // Its end goes to another port; this one leads nowhere from now on.
  ChannelEnd give_away();
  ChannelEnd& end() { return end_; }
  // Whoever sends must not wake the loop any more, and hears that the port is closed.
  void leave() override;

 private:
  ChannelEnd end_;
};

// Whether the object is a Port that is not closed.
bool is_port(Runtime& runtime, v8::Local<v8::Value> value);
// A port of JavaScript for an end that has arrived.
v8::MaybeLocal<v8::Object> make_port(Runtime& runtime, ChannelEnd end);

}  // namespace violet::js
