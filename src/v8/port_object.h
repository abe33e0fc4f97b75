// One end of a message channel: `receive(value)` for each message, `onend` when the other side is
// gone.
#pragma once

#include "v8/handle_object.h"
#include "v8/message.h"

namespace violet::js {

class PortObject final : public HandleObject {
 public:
  PortObject(Runtime& runtime, v8::Local<v8::Object> object, ChannelEnd end);
  ~PortObject() override;

  static PortObject* at(v8::Local<v8::Value> value) {
    return static_cast<PortObject*>(HandleObject::at(value));
  }
  // Hands out what there is now.
  void deliver();
  // Its end goes to another port; this one leads nowhere from now on.
  ChannelEnd give_away();
  ChannelEnd& end() { return end_; }
  uv_async_t* wake() { return &wake_; }

 private:
  uv_async_t wake_;
  ChannelEnd end_;
};

// The runtime ends: whoever sends to its ports must not wake its loop any more, and hears that they
// are closed.
void leave_all_ports();

// Whether the object is a Port that is not closed.
bool is_port(Runtime& runtime, v8::Local<v8::Value> value);
// A port of JavaScript for an end that has arrived.
v8::MaybeLocal<v8::Object> make_port(Runtime& runtime, ChannelEnd end);

}  // namespace violet::js
