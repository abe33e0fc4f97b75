// Message channels and structuredClone().
#include "v8/port_object.h"

namespace violet::js {
namespace {

void construct(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Runtime& runtime = Runtime::of(isolate);
  if (arguments[0]->IsExternal()) {
    auto* arrived = static_cast<ChannelEnd*>(arguments[0].As<v8::External>()->Value());
    new PortObject(runtime, arguments.This(), std::move(*arrived));
    return;
  }
  // A worker's port to its parent is made with the ends that the parent prepared.
  ChannelEnd end = arguments[0]->IsTrue() && runtime.parent() != nullptr
                       ? *runtime.parent()
                       : ChannelEnd{std::make_shared<Inbox>(), std::make_shared<Inbox>()};
  new PortObject(runtime, arguments.This(), std::move(end));
}

// entangle(other): what one posts the other gets.
void entangle(PortObject& self, const Arguments& arguments) {
  PortObject* other = PortObject::at(arguments[0]);
  self.end().other = other->end().own;
  other->end().other = self.end().own;
}

// post(value, transferList)
void post(PortObject& self, const Arguments& arguments) {
  std::optional<Message> message = write_message(self.isolate(), arguments[0], arguments[1]);
  if (message) self.end().other->put(std::move(*message));
}

// take(): [the first message], if there is one.
void take(PortObject& self, const Arguments& arguments) {
  std::optional<Message> message = self.end().own->take();
  v8::Local<v8::Value> value;
  if (message && read_message(self.isolate(), *message).ToLocal(&value))
    answer(arguments, v8::Array::New(self.isolate(), &value, 1));
}

// setPortMaker(function): what makes a port out of one that has arrived.
void set_port_maker(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Runtime::of(isolate).port_maker.Reset(isolate, arguments[0].As<v8::Function>());
}

// join(name): hears what others broadcast under the name.
void join(PortObject& self, const Arguments& arguments) {
  join_broadcast(text_at(arguments, 0), self.end().own);
}

// broadcast(name, value)
void broadcast_value(PortObject& self, const Arguments& arguments) {
  v8::Isolate* isolate = self.isolate();
  std::optional<Message> message = write_message(isolate, arguments[1], v8::Undefined(isolate));
  if (message) broadcast(text_at(arguments, 0), self.end().own, *message);
}

void clone(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  std::optional<Message> message = write_message(isolate, arguments[0], arguments[1]);
  v8::Local<v8::Value> copy;
  if (message && read_message(isolate, *message).ToLocal(&copy)) answer(arguments, copy);
}

// serialize(value): its bytes, as V8 writes them.
void serialize(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  v8::ValueSerializer writer(isolate);
  writer.WriteHeader();
  if (writer.WriteValue(isolate->GetCurrentContext(), arguments[0]).IsNothing()) return;
  auto [data, size] = writer.Release();
  answer(arguments, copy_bytes(isolate, reinterpret_cast<char*>(data), size));
  std::free(data);
}

void deserialize(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  v8::Local<v8::Context> context = isolate->GetCurrentContext();
  const Bytes bytes = bytes_of(arguments[0]);
  v8::ValueDeserializer reader(isolate, reinterpret_cast<std::uint8_t*>(bytes.data), bytes.size);
  v8::Local<v8::Value> value;
  if (reader.ReadHeader(context).FromMaybe(false) && reader.ReadValue(context).ToLocal(&value))
    answer(arguments, value);
}

}  // namespace

PortObject::PortObject(Runtime& runtime, v8::Local<v8::Object> object, ChannelEnd end)
    : HandleOf(runtime, object), end_(std::move(end)) {
  uv_async_init(runtime.loop(), &raw,
                [](uv_async_t* wake) { object_of<PortObject>(wake).deliver(); });
  uv_unref(handle());
}

void PortObject::leave() {
  leave_broadcasts(end_.own);
  end_.own->set_wake(nullptr);
  end_.other->end();
}

ChannelEnd PortObject::give_away() {
  end_.own->set_wake(nullptr);
  return std::exchange(end_, {std::make_shared<Inbox>(), std::make_shared<Inbox>()});
}

bool is_port(Runtime& runtime, v8::Local<v8::Value> value) {
  if (runtime.port_class.IsEmpty()) return false;
  return runtime.port_class.Get(runtime.isolate())->HasInstance(value) &&
         HandleObject::at(value) != nullptr;
}

v8::MaybeLocal<v8::Object> make_port(Runtime& runtime, ChannelEnd end) {
  v8::Isolate* isolate = runtime.isolate();
  if (runtime.port_maker.IsEmpty() || end.own == nullptr) return {};
  v8::Local<v8::Value> arrived = v8::External::New(isolate, &end);
  v8::Local<v8::Value> port;
  if (!runtime.port_maker.Get(isolate)
           ->Call(runtime.context(), v8::Undefined(isolate), 1, &arrived)
           .ToLocal(&port)) {
    return {};
  }
  return port.As<v8::Object>();
}

// Each message is a callback of its own, with ticks and microtasks behind it. One that closes the
// port ends the round.
void PortObject::deliver() {
  Runtime& owner = runtime();
  while (!uv_is_closing(handle()) && !owner.is_exiting()) {
    std::optional<Message> message = end_.own->take();
    if (!message) break;
    CallbackScope scope(owner, frame());
    v8::Local<v8::Value> value;
    if (read_message(isolate(), *message).ToLocal(&value))
      scope.call_method(object(), "receive", 1, &value);
  }
  if (uv_is_closing(handle()) || !end_.own->is_over()) return;
  CallbackScope scope(owner, frame());
  scope.call_method(object(), "onend");
}

void make_message_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made = make_handle_class(isolate, "Port", construct);
  add_method<entangle>(isolate, made, "entangle");
  add_method<post>(isolate, made, "post");
  add_method<&PortObject::start>(isolate, made, "start");
  add_method<&PortObject::deliver>(isolate, made, "drain");
  add_method<take>(isolate, made, "take");
  add_method<join>(isolate, made, "join");
  add_method<broadcast_value>(isolate, made, "broadcast");
  offer_class(runtime, target, "Port", made);
  runtime.port_class.Reset(isolate, made);
  set_function(isolate, target, "setPortMaker", set_port_maker);
  set_function(isolate, target, "serialize", serialize);
  set_function(isolate, target, "deserialize", deserialize);
  set_function(isolate, target, "clone", clone);
}

}  // namespace violet::js
