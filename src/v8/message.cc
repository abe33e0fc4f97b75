#include "v8/message.h"

#include <cstdlib>

#include "v8/values.h"

namespace violet::js {
namespace {

struct Listener {
  std::string name;
  std::shared_ptr<Inbox> inbox;
};

struct Listeners {
  std::mutex lock;
  std::vector<Listener> all;  // in the order of their joining
};

// Never destroyed: a worker may end after main() has returned.
Listeners& listeners() {
  static Listeners* const made = new Listeners;
  return *made;
}

class WriteDelegate final : public v8::ValueSerializer::Delegate {
 public:
  WriteDelegate(v8::Isolate* isolate, Message& message) : isolate_(isolate), message_(message) {}

  void ThrowDataCloneError(v8::Local<v8::String> reason) override {
    v8::Local<v8::Object> error = v8::Exception::Error(reason).As<v8::Object>();
    set(isolate_, error, "name", text(isolate_, "DataCloneError"));
    set(isolate_, error, "code", v8::Integer::New(isolate_, 25));
    isolate_->ThrowException(error);
  }

  v8::Maybe<std::uint32_t> GetSharedArrayBufferId(
      v8::Isolate*, v8::Local<v8::SharedArrayBuffer> buffer) override {
    message_.shared.push_back(buffer->GetBackingStore());
    return v8::Just(static_cast<std::uint32_t>(message_.shared.size() - 1));
  }

 private:
  v8::Isolate* isolate_;
  Message& message_;
};

class ReadDelegate final : public v8::ValueDeserializer::Delegate {
 public:
  explicit ReadDelegate(const Message& message) : message_(message) {}

  v8::MaybeLocal<v8::SharedArrayBuffer> GetSharedArrayBufferFromId(v8::Isolate* isolate,
                                                                   std::uint32_t id) override {
    if (id >= message_.shared.size()) return {};
    return v8::SharedArrayBuffer::New(isolate, message_.shared[id]);
  }

 private:
  const Message& message_;
};

}  // namespace

std::optional<Message> write_message(v8::Isolate* isolate, v8::Local<v8::Value> value,
                                     v8::Local<v8::Value> transfer) {
  v8::Local<v8::Context> context = isolate->GetCurrentContext();
  Message message;
  WriteDelegate delegate(isolate, message);
  v8::ValueSerializer serializer(isolate, &delegate);
  std::vector<v8::Local<v8::ArrayBuffer>> moved;
  if (transfer->IsArray()) {
    v8::Local<v8::Array> list = transfer.As<v8::Array>();
    for (std::uint32_t i = 0; i < list->Length(); ++i) {
      v8::Local<v8::Value> entry = list->Get(context, i).ToLocalChecked();
      if (!entry->IsArrayBuffer()) continue;
      serializer.TransferArrayBuffer(static_cast<std::uint32_t>(moved.size()),
                                     entry.As<v8::ArrayBuffer>());
      moved.push_back(entry.As<v8::ArrayBuffer>());
    }
  }
  serializer.WriteHeader();
  if (!serializer.WriteValue(context, value).FromMaybe(false)) return {};
  for (v8::Local<v8::ArrayBuffer> buffer : moved) {
    message.transferred.push_back(buffer->GetBackingStore());
    buffer->Detach();
  }
  auto [bytes, size] = serializer.Release();
  message.bytes.assign(bytes, bytes + size);
  std::free(bytes);
  return message;
}

v8::MaybeLocal<v8::Value> read_message(v8::Isolate* isolate, const Message& message) {
  v8::Local<v8::Context> context = isolate->GetCurrentContext();
  ReadDelegate delegate(message);
  v8::ValueDeserializer deserializer(isolate, message.bytes.data(), message.bytes.size(),
                                     &delegate);
  for (std::uint32_t i = 0; i < message.transferred.size(); ++i)
    deserializer.TransferArrayBuffer(i, v8::ArrayBuffer::New(isolate, message.transferred[i]));
  if (!deserializer.ReadHeader(context).FromMaybe(false)) return {};
  return deserializer.ReadValue(context);
}

void Inbox::put(Message message) {
  std::lock_guard guard(lock_);
  messages_.push_back(std::move(message));
  if (wake_ != nullptr) uv_async_send(wake_);
}

std::optional<Message> Inbox::take() {
  std::lock_guard guard(lock_);
  if (messages_.empty()) return {};
  std::optional<Message> first = std::move(messages_.front());
  messages_.pop_front();
  return first;
}

void Inbox::end() {
  std::lock_guard guard(lock_);
  ended_ = true;
  if (wake_ != nullptr) uv_async_send(wake_);
}

bool Inbox::is_over() const {
  std::lock_guard guard(lock_);
  return ended_ && messages_.empty();
}

// What came before somebody listened is not forgotten.
void Inbox::set_wake(uv_async_t* wake) {
  std::lock_guard guard(lock_);
  wake_ = wake;
  if (wake != nullptr && (ended_ || !messages_.empty())) uv_async_send(wake);
}

void join_broadcast(const std::string& name, std::shared_ptr<Inbox> inbox) {
  std::lock_guard guard(listeners().lock);
  listeners().all.push_back({name, std::move(inbox)});
}

void leave_broadcasts(const std::shared_ptr<Inbox>& inbox) {
  std::lock_guard guard(listeners().lock);
  std::erase_if(listeners().all, [&](const Listener& one) { return one.inbox == inbox; });
}

void broadcast(const std::string& name, const std::shared_ptr<Inbox>& sender,
               const Message& message) {
  std::lock_guard guard(listeners().lock);
  for (const Listener& one : listeners().all) {
    if (one.name == name && one.inbox != sender) one.inbox->put(message);
  }
}

}  // namespace violet::js
