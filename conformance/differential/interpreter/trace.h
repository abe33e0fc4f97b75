// What happened, as JSON objects one after the other in memory that outlives the process which
// writes it: a crash or a hang loses nothing.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>

namespace differential {

// An engine whose receive buffers hold 64 bytes tells of 4 MB in 62,500 reads, 50 bytes of trace
// each. Pages that no trace reaches cost nothing.
constexpr std::size_t kTraceCapacity = 1u << 24;

struct TraceMemory {
  std::atomic<std::size_t> length;
  std::atomic<bool> truncated;
  char text[kTraceCapacity];
};

std::string json_string(const std::string& text);

// One event. It is written when it goes out of scope.
class Event {
 public:
  explicit Event(const char* kind);
  ~Event();
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  Event& add(const char* key, long long value);
  Event& add(const char* key, const std::string& value);

 private:
  std::string text_;
};

void trace_into(TraceMemory* memory);

}  // namespace differential
