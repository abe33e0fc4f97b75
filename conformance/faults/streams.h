// Streams in lives.
#pragma once

#include <uv.h>

#include <string>

namespace faults {

template <typename Handle>
uv_stream_t* stream(Handle& handle) {
  return reinterpret_cast<uv_stream_t*>(&handle);
}

// A write and its bytes, until its callback. The request comes first: it leads back here.
struct Writing {
  explicit Writing(std::size_t size) : bytes(size, 'x') {}
  uv_write_t request = {};
  std::string bytes;
};

// One read is looked at before the next.
inline void give_memory(uv_handle_t*, std::size_t, uv_buf_t* memory) {
  static char bytes[65536];
  *memory = uv_buf_init(bytes, sizeof bytes);
}

}  // namespace faults
