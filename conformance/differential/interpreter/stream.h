// Streams with a known other end: TCP connections, pipes.
#pragma once

#include "machine.h"

namespace differential {

// What a stream carries is part of one endless pattern, so that its reader can check each byte.
struct Stream : Handle {
  using Handle::Handle;
  bool awaits() const override;
  void closing() override;
  bool is_tcp() const { return memory.handle.type == UV_TCP; }

  Stream* peer = nullptr;
  std::uint64_t submitted = 0;  // Bytes handed to the library.
  std::uint64_t written = 0;    // Bytes the library said it wrote.
  std::uint64_t tried = 0;      // Of those, by uv_try_write().
  std::uint64_t received = 0;
  bool reading = false;
  bool ended = false;      // Got the end, or an error.
  bool shut = false;       // Asked for shutdown.
  bool shut_done = false;  // The other side is to see the end.
  bool given_up = false;   // Closed: the other side need not see all.
};

struct StreamRequest : Request {
  using Request::Request;
  bool awaits() const override;

  Stream* stream = nullptr;
  std::uint64_t size = 0;
};

// Makes a stream ready for a new life, with `peer` at its other end.
void reset_stream(Stream& stream);
void connect_streams(Stream& one, Stream& other);

}  // namespace differential
