// One end of a message channel: `onmessage(value)` for each message, `onend` when the other side is
// gone.
#pragma once

#include "v8/handle_object.h"
#include "v8/message.h"

namespace violet::js {

// The two inboxes of a channel, as one end sees them.
struct ChannelEnd {
  std::shared_ptr<Inbox> own;
  std::shared_ptr<Inbox> other;
};

class PortObject final : public HandleObject {
 public:
  PortObject(Runtime& runtime, v8::Local<v8::Object> object, ChannelEnd end);
  ~PortObject() override;

  static PortObject* of(const Arguments& arguments) {
    return static_cast<PortObject*>(HandleObject::of(arguments));
  }
  // Hands out what there is now.
  void deliver();
  ChannelEnd& end() { return end_; }
  uv_async_t* wake() { return &wake_; }

 private:
  uv_async_t wake_;
  ChannelEnd end_;
};

}  // namespace violet::js
