#include "trace.h"

#include <cstdio>
#include <cstring>

namespace differential {
namespace {

TraceMemory* trace_memory;

void append(const std::string& text) {
  std::size_t length = trace_memory->length.load();
  if (length + text.size() + 2 > kTraceCapacity) {
    trace_memory->truncated = true;
    return;
  }
  if (length != 0) trace_memory->text[length++] = ',';
  std::memcpy(trace_memory->text + length, text.data(), text.size());
  trace_memory->length = length + text.size();
}

}  // namespace

std::string json_string(const std::string& text) {
  std::string quoted = "\"";
  for (unsigned char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += static_cast<char>(c);
    } else if (c < 0x20 || c >= 0x7f) {
      char escape[8];
      std::snprintf(escape, sizeof(escape), "\\u%04x", c);
      quoted += escape;
    } else {
      quoted += static_cast<char>(c);
    }
  }
  return quoted + '"';
}

Event::Event(const char* kind) : text_("{\"e\":\"") {
  text_ += kind;
  text_ += '"';
}

Event::~Event() {
  append(text_ + '}');
}

Event& Event::add(const char* key, long long value) {
  text_ += ",\"";
  text_ += key;
  text_ += "\":" + std::to_string(value);
  return *this;
}

Event& Event::add(const char* key, const std::string& value) {
  text_ += ",\"";
  text_ += key;
  text_ += "\":" + json_string(value);
  return *this;
}

void trace_into(TraceMemory* memory) {
  trace_memory = memory;
}

}  // namespace differential
