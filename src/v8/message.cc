#include "v8/message.h"

#include <algorithm>
#include <cstdlib>

#include "v8/port_object.h"

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

  // The ports that move, in the order in which the message names them by number.
  std::vector<v8::Local<v8::Object>> ports;
  v8::ValueSerializer* serializer = nullptr;

  void ThrowDataCloneError(v8::Local<v8::String> reason) override {
    v8::Local<v8::Object> error = v8::Exception::Error(reason).As<v8::Object>();
    set(isolate_, error, "name", text(isolate_, "DataCloneError"));
    set(isolate_, error, "code", v8::Integer::New(isolate_, 25));
    isolate_->ThrowException(error);
  }

  // Objects that C++ stands behind: ports.
  v8::Maybe<bool> WriteHostObject(v8::Isolate* isolate, v8::Local<v8::Object> object) override {
    const auto found = std::find(ports.begin(), ports.end(), object);
    if (found == ports.end()) {
      throw_with_code(
          isolate,
          v8::Exception::TypeError(text(isolate,
                                        "Object that needs transfer was found in message "
                                        "but not listed in transferList")),
          "ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST");
      return v8::Nothing<bool>();
    }
    serializer->WriteUint32(static_cast<std::uint32_t>(found - ports.begin()));
    return v8::Just(true);
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
  ReadDelegate(const Message& message, const std::vector<v8::Local<v8::Object>>& ports)
      : message_(message), ports_(ports) {}

  v8::ValueDeserializer* deserializer = nullptr;

  v8::MaybeLocal<v8::Object> ReadHostObject(v8::Isolate*) override {
    std::uint32_t index = 0;
    if (!deserializer->ReadUint32(&index) || index >= ports_.size()) return {};
    return ports_[index];
  }

  v8::MaybeLocal<v8::SharedArrayBuffer> GetSharedArrayBufferFromId(v8::Isolate* isolate,
                                                                   std::uint32_t id) override {
    if (id >= message_.shared.size()) return {};
    return v8::SharedArrayBuffer::New(isolate, message_.shared[id]);
  }

 private:
  const Message& message_;
  const std::vector<v8::Local<v8::Object>>& ports_;
};

}  // namespace

TravellingPort::~TravellingPort() {
  if (end.other != nullptr) end.other->end();
}

std::optional<Message> write_message(v8::Isolate* isolate, v8::Local<v8::Value> value,
                                     v8::Local<v8::Value> transfer) {
  v8::Local<v8::Context> context = isolate->GetCurrentContext();
  Message message;
  WriteDelegate delegate(isolate, message);
  v8::ValueSerializer serializer(isolate, &delegate);
  delegate.serializer = &serializer;
  std::vector<v8::Local<v8::ArrayBuffer>> moved;
  if (transfer->IsArray()) {
    v8::Local<v8::Array> list = transfer.As<v8::Array>();
    for (std::uint32_t i = 0; i < list->Length(); ++i) {
      v8::Local<v8::Value> entry = list->Get(context, i).ToLocalChecked();
      if (is_port(Runtime::of(isolate), entry)) delegate.ports.push_back(entry.As<v8::Object>());
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
  for (v8::Local<v8::Object> port : delegate.ports)
    message.ports.push_back(std::make_shared<TravellingPort>(PortObject::at(port)->give_away()));
  auto [bytes, size] = serializer.Release();
  message.bytes.assign(bytes, bytes + size);
  std::free(bytes);
  return message;
}

v8::MaybeLocal<v8::Value> read_message(v8::Isolate* isolate, const Message& message) {
  v8::Local<v8::Context> context = isolate->GetCurrentContext();
  // Before the reading: V8 lets no JavaScript run meanwhile.
  std::vector<v8::Local<v8::Object>> ports;
  for (const std::shared_ptr<TravellingPort>& port : message.ports) {
    v8::Local<v8::Object> made;
    if (!make_port(Runtime::of(isolate), std::move(port->end)).ToLocal(&made)) return {};
    ports.push_back(made);
  }
  ReadDelegate delegate(message, ports);
  v8::ValueDeserializer deserializer(isolate, message.bytes.data(), message.bytes.size(),
                                     &delegate);
  delegate.deserializer = &deserializer;
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
