// HTTP/1 messages out of bytes: llhttp. A parser reads from a stream itself, so that JavaScript is
// called once for the head of a message, once for each piece of its body and once for its end, and
// not at all for the bytes.
//
// Life: held until close(), which JavaScript calls when the connection is over. Not to be freed
// while llhttp runs: what closes it from inside a callback waits.
#include <llhttp.h>

#include "v8/stream_object.h"

namespace violet::js {
namespace {

// What `onheaders` is told in one number.
enum HeadBits : int {
  kKeepAlive = 1,
  kUpgrade = 2,
  kHasBody = 4,
  kMajorShift = 8,
  kMinorShift = 12
};

class HttpParser final : public StreamConsumer, public Owned {
 public:
  HttpParser(Runtime& runtime, const Arguments& arguments);
  ~HttpParser() override { detach(); }
  static HttpParser* of(const Arguments& arguments) {
    auto* self = static_cast<HttpParser*>(arguments.This()->GetAlignedPointerFromInternalField(0));
    if (self == nullptr) throw_type_error(arguments.GetIsolate(), "the parser is closed");
    return self;
  }

  void on_read(ssize_t count, const uv_buf_t& buffer) override;
  void on_stream_gone() override { stream_ = nullptr; }

  static void construct(const Arguments& arguments) {
    auto* made = new HttpParser(Runtime::of(arguments.GetIsolate()), arguments);
    arguments.This()->SetAlignedPointerInInternalField(0, made);
  }
  // consume(stream): reads what the stream brings.
  static void consume(const Arguments& arguments) {
    HttpParser* self = of(arguments);
    if (self == nullptr) return;
    self->stream_ = StreamObject::at(arguments[0]);
    self->stream_->consumer = self;
  }
  // execute(bytes), for what no stream of the loop brings.
  static void execute(const Arguments& arguments) {
    HttpParser* self = of(arguments);
    if (self == nullptr) return;
    CallbackScope scope(self->runtime_);
    const Bytes bytes = bytes_of(arguments[0]);
    self->parse(scope, bytes.data, bytes.size);
  }
  static void finish(const Arguments& arguments) {
    HttpParser* self = of(arguments);
    if (self == nullptr) return;
    CallbackScope scope(self->runtime_);
    self->parse_end(scope);
  }
  static void close(const Arguments& arguments) {
    v8::Local<v8::Object> object = arguments.This();
    auto* self = static_cast<HttpParser*>(object->GetAlignedPointerFromInternalField(0));
    if (self == nullptr) return;
    object->SetAlignedPointerInInternalField(0, nullptr);
    self->detach();
    self->is_closed_ = true;
    if (!self->is_running_) delete self;
  }

 private:
  static HttpParser& of(llhttp_t* parser) { return *static_cast<HttpParser*>(parser->data); }
  static const llhttp_settings_t& settings();

  int append(const char* bytes, std::size_t size);
  void end_item() { ends_.push_back(text_.size()); }
  int tell_head();
  int tell_end();
  v8::Local<v8::Value> item(std::size_t index) const;
  v8::Local<v8::Array> items(std::size_t first) const;
  v8::MaybeLocal<v8::Value> tell(const v8::Global<v8::Function>& function, int count,
                                 v8::Local<v8::Value>* arguments);
  // Hands bytes to llhttp and tells what stopped it.
  void parse(CallbackScope& scope, const char* bytes, std::size_t size);
  void parse_end(CallbackScope& scope);
  void tell_error(CallbackScope& scope);
  void detach() {
    if (stream_ != nullptr) stream_->consumer = nullptr;
    stream_ = nullptr;
  }

  llhttp_t parser_;
  Runtime& runtime_;
  v8::Global<v8::Object> object_;
  v8::Global<v8::Function> on_head_, on_body_, on_end_;
  StreamObject* stream_ = nullptr;
  CallbackScope* scope_ = nullptr;
  // The URL or reason, then names and values of headers in turn, each up to its end.
  std::string text_;
  std::vector<std::size_t> ends_;
  std::size_t largest_head_;
  bool is_past_head_ = false;
  bool has_body_ = false;
  bool is_running_ = false;
  bool is_closed_ = false;
};

// new HttpParser(isRequest, onheaders, onbody, onend, largestHead)
HttpParser::HttpParser(Runtime& runtime, const Arguments& arguments)
    : Owned(runtime),
      runtime_(runtime),
      object_(runtime.isolate(), arguments.This()),
      on_head_(runtime.isolate(), arguments[1].As<v8::Function>()),
      on_body_(runtime.isolate(), arguments[2].As<v8::Function>()),
      on_end_(runtime.isolate(), arguments[3].As<v8::Function>()),
      largest_head_(static_cast<std::size_t>(integer_at(arguments, 4))) {
  llhttp_init(&parser_, arguments[0]->IsTrue() ? HTTP_REQUEST : HTTP_RESPONSE, &settings());
  parser_.data = this;
}

const llhttp_settings_t& HttpParser::settings() {
  static const llhttp_settings_t made = [] {
    llhttp_settings_t all;
    llhttp_settings_init(&all);
    const auto append = [](llhttp_t* parser, const char* bytes, std::size_t size) {
      return of(parser).append(bytes, size);
    };
    const auto end = [](llhttp_t* parser) {
      of(parser).end_item();
      return 0;
    };
    all.on_message_begin = [](llhttp_t* parser) {
      HttpParser& self = of(parser);
      self.text_.clear();
      self.ends_.clear();
      self.is_past_head_ = false;
      return 0;
    };
    all.on_url = all.on_status = all.on_header_value = append;
    all.on_header_field = [](llhttp_t* parser, const char* bytes, std::size_t size) {
      HttpParser& self = of(parser);
      // A response may come without a reason.
      if (self.ends_.empty() && !self.is_past_head_) self.end_item();
      return self.append(bytes, size);
    };
    all.on_url_complete = all.on_status_complete = end;
    all.on_header_field_complete = all.on_header_value_complete = end;
    all.on_headers_complete = [](llhttp_t* parser) { return of(parser).tell_head(); };
    all.on_body = [](llhttp_t* parser, const char* bytes, std::size_t size) {
      HttpParser& self = of(parser);
      v8::Local<v8::Value> body = copy_bytes(self.runtime_.isolate(), bytes, size);
      self.tell(self.on_body_, 1, &body);
      return 0;
    };
    all.on_message_complete = [](llhttp_t* parser) { return of(parser).tell_end(); };
    return all;
  }();
  return made;
}

int HttpParser::append(const char* bytes, std::size_t size) {
  if (text_.size() + size > largest_head_) {
    llhttp_set_error_reason(&parser_, "HPE_HEADER_OVERFLOW:Header overflow");
    return HPE_USER;
  }
  text_.append(bytes, size);
  return 0;
}

v8::Local<v8::Value> HttpParser::item(std::size_t index) const {
  if (index >= ends_.size()) return v8::String::Empty(runtime_.isolate());
  const std::size_t start = index == 0 ? 0 : ends_[index - 1];
  return v8::String::NewFromOneByte(
             runtime_.isolate(), reinterpret_cast<const std::uint8_t*>(text_.data() + start),
             v8::NewStringType::kNormal, static_cast<int>(ends_[index] - start))
      .ToLocalChecked();
}

// [name, value, name, value, ...]
v8::Local<v8::Array> HttpParser::items(std::size_t first) const {
  std::vector<v8::Local<v8::Value>> all;
  for (std::size_t i = first; i < ends_.size(); ++i)
    all.push_back(item(i));
  return list_of(runtime_.isolate(), all);
}

v8::MaybeLocal<v8::Value> HttpParser::tell(const v8::Global<v8::Function>& function, int count,
                                           v8::Local<v8::Value>* arguments) {
  if (is_closed_) return {};
  v8::Isolate* isolate = runtime_.isolate();
  return scope_->call(object_.Get(isolate), function.Get(isolate), count, arguments);
}

// onheaders(method or status, URL or reason, headers, bits): 0, 1 when there is no body, whatever
// the headers say, 2 when what follows is no HTTP.
int HttpParser::tell_head() {
  v8::Isolate* isolate = runtime_.isolate();
  const bool is_request = parser_.type == HTTP_REQUEST;
  has_body_ = !is_request || parser_.content_length > 0 || (parser_.flags & F_CHUNKED) != 0;
  const int bits = (llhttp_should_keep_alive(&parser_) != 0 ? kKeepAlive : 0) |
                   (parser_.upgrade != 0 ? kUpgrade : 0) | (has_body_ ? kHasBody : 0) |
                   (parser_.http_major << kMajorShift) | (parser_.http_minor << kMinorShift);
  v8::Local<v8::Value> arguments[] = {
      v8::Integer::New(isolate, is_request ? parser_.method : parser_.status_code), item(0),
      items(1), v8::Integer::New(isolate, bits)};
  text_.clear();
  ends_.clear();
  is_past_head_ = true;
  v8::Local<v8::Value> answer;
  const int result = tell(on_head_, 4, arguments).ToLocal(&answer) ? to_int(isolate, answer) : 0;
  if (result != 2) parser_.upgrade = 0;
  return is_closed_ ? static_cast<int>(HPE_USER) : result;
}

// onend(trailers or undefined); a request without a body has been told whole by its head.
int HttpParser::tell_end() {
  v8::Local<v8::Value> trailers = v8::Undefined(runtime_.isolate());
  if (!ends_.empty()) trailers = items(0);
  if (has_body_) tell(on_end_, 1, &trailers);
  return is_closed_ ? static_cast<int>(HPE_USER) : 0;
}

void HttpParser::parse(CallbackScope& scope, const char* bytes, std::size_t size) {
  is_running_ = true;
  scope_ = &scope;
  const llhttp_errno_t error = llhttp_execute(&parser_, bytes, size);
  is_running_ = false;
  if (is_closed_) {
    delete this;
  } else if (error == HPE_PAUSED_UPGRADE) {
    // What is behind the head belongs to the other protocol.
    const char* rest = llhttp_get_error_pos(&parser_);
    v8::Local<v8::Value> bytes_left =
        copy_bytes(runtime_.isolate(), rest, static_cast<std::size_t>(bytes + size - rest));
    detach();
    scope.call_method(object_.Get(runtime_.isolate()), "onupgrade", 1, &bytes_left);
  } else if (error != HPE_OK) {
    tell_error(scope);
  }
}

// A message whose length nobody said ends here.
void HttpParser::parse_end(CallbackScope& scope) {
  is_running_ = true;
  scope_ = &scope;
  const llhttp_errno_t error = llhttp_finish(&parser_);
  is_running_ = false;
  if (is_closed_) {
    delete this;
  } else if (error != HPE_OK) {
    tell_error(scope);
  }
}

// onerror(code, reason)
void HttpParser::tell_error(CallbackScope& scope) {
  v8::Isolate* isolate = runtime_.isolate();
  std::string code = llhttp_errno_name(llhttp_get_errno(&parser_));
  std::string reason =
      llhttp_get_error_reason(&parser_) == nullptr ? "" : llhttp_get_error_reason(&parser_);
  // Ours are written as code and reason.
  if (const std::size_t colon = reason.find(':');
      code == "HPE_USER" && colon != std::string::npos) {
    code = reason.substr(0, colon);
    reason.erase(0, colon + 1);
  }
  v8::Local<v8::Value> arguments[] = {text(isolate, code), text(isolate, reason)};
  scope.call_method(object_.Get(isolate), "onerror", 2, arguments);
}

void HttpParser::on_read(ssize_t count, const uv_buf_t& buffer) {
  CallbackScope scope(runtime_, stream_->frame());
  if (count > 0) return parse(scope, buffer.base, static_cast<std::size_t>(count));
  // The parser may be gone behind parse_end().
  StreamObject& stream = *stream_;
  if (count == UV_EOF) parse_end(scope);
  stream.tell_read(scope, count, nullptr);
}

}  // namespace

void make_http_parser_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made = make_class(isolate, "HttpParser", HttpParser::construct);
  add_method(isolate, made, "consume", HttpParser::consume);
  add_method(isolate, made, "execute", HttpParser::execute);
  add_method(isolate, made, "finish", HttpParser::finish);
  add_method(isolate, made, "close", HttpParser::close);
  offer_class(runtime, target, "HttpParser", made);
  std::vector<v8::Local<v8::Value>> methods;
  for (int method = 0; method <= HTTP_SOURCE; ++method)
    methods.push_back(name(isolate, llhttp_method_name(static_cast<llhttp_method_t>(method))));
  set(isolate, target, "methods", list_of(isolate, methods));
}

}  // namespace violet::js
