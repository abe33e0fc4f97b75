// Reading and writing streams.
#include <cstring>

#include "stream.h"

namespace differential {
namespace {

constexpr std::size_t kMaxWrite = 8u << 20;
constexpr std::size_t kPeriod = 65521;
// So much any stream takes though nobody reads it.
constexpr std::uint64_t kSurelyRoom = 16384;
constexpr std::size_t kReadBuffer = 65536;

char* pattern() {
  static char* bytes = [] {
    char* made = new char[kMaxWrite + kPeriod];
    for (std::size_t i = 0; i < kMaxWrite + kPeriod; ++i) {
      std::size_t place = i % kPeriod;
      made[i] = static_cast<char>(place * 31 + (place >> 8) * 17);
    }
    return made;
  }();
  return bytes;
}

char* pattern_at(std::uint64_t offset) {
  return pattern() + offset % kPeriod;
}

void written(uv_write_t* request, int status) {
  StreamRequest& write = object_of<StreamRequest>(request);
  if (status == 0) write.stream->written += write.size;
  request_callback(write, "write", status);
}

void shut(uv_shutdown_t* request, int status) {
  StreamRequest& shutdown = object_of<StreamRequest>(request);
  if (status == 0) shutdown.stream->shut_done = true;
  request_callback(shutdown, "shutdown", status);
}

char read_buffer[kReadBuffer];

void allocate(uv_handle_t* uv_handle, std::size_t, uv_buf_t* buffer) {
  Stream& stream = object_of<Stream>(uv_handle);
  check_not_inside(stream, "alloc");
  if (!stream.reading || !stream.is_open())
    Event("unasked").add("o", stream.name).add("k", "alloc");
  *buffer = uv_buf_init(read_buffer, sizeof(read_buffer));
}

void read_some(uv_stream_t* uv_stream, ssize_t count, const uv_buf_t* buffer) {
  Stream& stream = object_of<Stream>(uv_stream);
  if (!stream.reading || !stream.is_open()) Event("unasked").add("o", stream.name).add("k", "read");
  if (count > 0) {
    if (std::memcmp(buffer->base, pattern_at(stream.received), static_cast<std::size_t>(count)))
      Event("wrong").add("o", stream.name).add("what", "bytes").add("r", count);
    stream.received += static_cast<std::uint64_t>(count);
    std::memset(buffer->base, 0, static_cast<std::size_t>(count));
  }
  if (count < 0) stream.ended = true;
  if (count != 0) callback(stream, "read", count);
}

Stream* connected(Machine& machine, const std::string& name) {
  Stream* stream = machine.find_open<Stream>(name);
  return stream != nullptr && stream->peer != nullptr ? stream : nullptr;
}

void read_start(Machine& machine, const Op& op) {
  Stream* stream = connected(machine, op.word(0));
  // What happens to a stream that is read on after its end differs, and nobody needs it.
  if (stream == nullptr || stream->ended) return trace_skip(op);
  stream->reading = true;
  trace_result(op, machine.call("uv_read_start", [&] {
    return uv_read_start(&stream->memory.stream, allocate, read_some);
  }));
}

void read_stop(Machine& machine, const Op& op) {
  Stream* stream = connected(machine, op.word(0));
  if (stream == nullptr) return trace_skip(op);
  stream->reading = false;
  trace_result(op, uv_read_stop(&stream->memory.stream));
}

void write(Machine& machine, const Op& op) {
  Stream* stream = connected(machine, op.word(1));
  std::size_t size = static_cast<std::size_t>(op.number(2));
  if (stream == nullptr || stream->shut || size > kMaxWrite) return trace_skip(op);
  auto* request = machine.new_request<StreamRequest>(op.word(0));
  if (request == nullptr) return trace_skip(op);
  request->stream = stream;
  request->size = size;
  request->memory.write.data = static_cast<Object*>(request);
  // In several buffers, when the program wants it.
  unsigned count = static_cast<unsigned>(op.number(3, 1));
  uv_buf_t buffers[16];
  if (count < 1 || count > 16) count = 1;
  std::size_t done = 0;
  for (unsigned i = 0; i < count; ++i) {
    std::size_t part = i + 1 == count ? size - done : size / count;
    buffers[i] = uv_buf_init(pattern_at(stream->submitted + done), static_cast<unsigned>(part));
    done += part;
  }
  int result = machine.call("uv_write", [&] {
    return uv_write(&request->memory.write, &stream->memory.stream, buffers, count, written);
  });
  if (result == 0) {
    request->pending = true;
    stream->submitted += size;
  }
  trace_result(op, result);
  if (result == 0 && uv_stream_get_write_queue_size(&stream->memory.stream) == 0)
    Event("at_once").add("o", request->name);
}

void try_write(Machine& machine, const Op& op) {
  Stream* stream = connected(machine, op.word(0));
  std::size_t size = static_cast<std::size_t>(op.number(1));
  if (stream == nullptr || stream->shut || size > kMaxWrite || size == 0) return trace_skip(op);
  uv_buf_t buffer = uv_buf_init(pattern_at(stream->submitted), static_cast<unsigned>(size));
  int result = machine.call("uv_try_write",
                            [&] { return uv_try_write(&stream->memory.stream, &buffer, 1); });
  if (result > 0) {
    stream->submitted += static_cast<std::uint64_t>(result);
    stream->written += static_cast<std::uint64_t>(result);
    stream->tried += static_cast<std::uint64_t>(result);
  }
  Event("try").add("i", op.line).add("o", stream->name).add("asked", op.number(1)).add("r", result);
}

void shutdown(Machine& machine, const Op& op) {
  Stream* stream = connected(machine, op.word(1));
  if (stream == nullptr || stream->shut) return trace_skip(op);
  auto* request = machine.new_request<StreamRequest>(op.word(0));
  if (request == nullptr) return trace_skip(op);
  request->stream = stream;
  request->memory.shutdown.data = static_cast<Object*>(request);
  int result = machine.call("uv_shutdown", [&] {
    return uv_shutdown(&request->memory.shutdown, &stream->memory.stream, shut);
  });
  request->pending = result == 0;
  stream->shut = result == 0;
  trace_result(op, result);
}

void condition(Machine& machine, const Op& op) {
  Stream* stream = connected(machine, op.word(0));
  if (stream == nullptr) return trace_skip(op);
  trace_result(op, uv_is_readable(&stream->memory.stream) | uv_is_writable(&stream->memory.stream)
                                                                << 1);
}

void total(Machine& machine, const Op& op) {
  Stream* stream = machine.find<Stream>(op.word(0));
  if (stream == nullptr) return trace_skip(op);
  Event("total")
      .add("o", stream->name)
      .add("received", static_cast<long long>(stream->received))
      .add("tried", static_cast<long long>(stream->peer ? stream->peer->tried : 0))
      .add("written", static_cast<long long>(stream->peer ? stream->peer->written : 0))
      .add("ended", stream->ended);
}

}  // namespace

bool Stream::awaits() const {
  if (Handle::awaits()) return true;
  if (!is_open() || !reading || ended || peer == nullptr) return false;
  if (peer->shut_done || peer->given_up) return true;  // The end is to come.
  return received < peer->written;
}

void Stream::closing() {
  reading = false;
  given_up = true;
}

bool StreamRequest::awaits() const {
  if (!pending) return false;
  if (!stream->is_open()) return true;
  // Nobody reads the other end: the data may have no place to go.
  const Stream* peer = stream->peer;
  if (peer != nullptr && stream->submitted - peer->received <= kSurelyRoom) return true;
  return peer == nullptr || (peer->reading && !peer->ended) || peer->given_up;
}

void reset_stream(Stream& stream) {
  stream.peer = nullptr;
  stream.submitted = stream.written = stream.tried = stream.received = 0;
  stream.reading = stream.ended = stream.shut = stream.shut_done = stream.given_up = false;
}

void connect_streams(Stream& one, Stream& other) {
  one.peer = &other;
  other.peer = &one;
}

void make_pattern() {
  pattern();
}

void add_stream_operations(Operations& operations) {
  operations["read_start"] = read_start;
  operations["read_stop"] = read_stop;
  operations["write"] = write;
  operations["try_write"] = try_write;
  operations["shutdown"] = shutdown;
  operations["condition"] = condition;
  operations["total"] = total;
}

}  // namespace differential
