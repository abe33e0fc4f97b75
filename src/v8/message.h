// Values on their way between ports: of one isolate, or of two on different threads.
#pragma once

#include <uv.h>
#include <v8.h>

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace violet::js {

class Inbox;

// The two inboxes of a channel, as one end sees them.
struct ChannelEnd {
  std::shared_ptr<Inbox> own;
  std::shared_ptr<Inbox> other;
};

// A port on its way. One that never arrives tells its other side that it is gone.
struct TravellingPort {
  explicit TravellingPort(ChannelEnd moved) : end(std::move(moved)) {}
  ~TravellingPort();
  TravellingPort(const TravellingPort&) = delete;
  TravellingPort& operator=(const TravellingPort&) = delete;

  ChannelEnd end;  // empty once it has arrived
};

// A value as the structured clone algorithm writes it down.
struct Message {
  std::vector<std::uint8_t> bytes;
  std::vector<std::shared_ptr<v8::BackingStore>> shared;       // SharedArrayBuffers
  std::vector<std::shared_ptr<v8::BackingStore>> transferred;  // ArrayBuffers that moved
  std::vector<std::shared_ptr<TravellingPort>> ports;
};

// Empty, with an exception thrown, for what cannot be cloned. `transfer` is an array of
// ArrayBuffers, which are detached, and Ports, whose ends are taken; or undefined.
std::optional<Message> write_message(v8::Isolate* isolate, v8::Local<v8::Value> value,
                                     v8::Local<v8::Value> transfer);
v8::MaybeLocal<v8::Value> read_message(v8::Isolate* isolate, const Message& message);

// What has come for a port. Any thread puts; the port's thread takes.
class Inbox {
 public:
  void put(Message message);
  std::optional<Message> take();
  // The other side will put no more.
  void end();
  bool is_over() const;

  // Null while nobody listens.
  void set_wake(uv_async_t* wake);

 private:
  mutable std::mutex lock_;
  std::deque<Message> messages_;
  uv_async_t* wake_ = nullptr;
  bool ended_ = false;
};

// Who listens to the broadcasts of a name, on all threads.
void join_broadcast(const std::string& name, std::shared_ptr<Inbox> inbox);
void leave_broadcasts(const std::shared_ptr<Inbox>& inbox);
// Everybody but the sender gets a copy.
void broadcast(const std::string& name, const std::shared_ptr<Inbox>& sender,
               const Message& message);

}  // namespace violet::js
