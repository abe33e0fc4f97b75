// Writing to a peer until it is told that there is none.
#pragma once

#include "stream_support.h"

namespace conformance {

enum class How { kWrite, kTryWrite, kWrite2 };

inline char bytes[1000];
inline int status_of_write;
inline bool written;

inline int write_once(uv_stream_t* target, How how, uv_stream_t* passed) {
  uv_buf_t buffer = uv_buf_init(bytes, sizeof(bytes));
  if (how == How::kTryWrite) return uv_try_write(target, &buffer, 1);
  static uv_write_t request;
  written = false;
  auto on_written = [](uv_write_t*, int status) {
    written = true;
    status_of_write = status;
  };
  int error = how == How::kWrite2 ? uv_write2(&request, target, &buffer, 1, passed, on_written)
                                  : uv_write(&request, target, &buffer, 1, on_written);
  if (error != 0) return error;
  while (!written)
    uv_run(target->loop, UV_RUN_ONCE);
  return status_of_write;
}

// Writes until it is told that the peer is gone, and a few times more.
inline int write_until_broken(uv_stream_t* target, How how, uv_stream_t* passed = nullptr) {
  int error = 0;
  while (error >= 0 || error == UV_EAGAIN)
    error = write_once(target, how, passed);
  for (int i = 0; i < 3; ++i)
    write_once(target, how, passed);
  return error;
}

}  // namespace conformance
