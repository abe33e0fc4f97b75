// File requests answered from what is in memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "request/fs.h"

namespace violet {

// How many bytes a read asks for, as far as one system call takes them.
std::size_t wanted_bytes(const FsRequest& request);

// The request's result, found without waiting, or UV_EAGAIN. A read may have got a part then: the
// request is about the rest, and FsRequest::result says how much it has.
std::int64_t answer_from_cache(FsRequest& request);

// Whether a read is complete with `result`, its bytes or an error.
bool is_whole_read(FsRequest& request, std::int64_t result);

// Makes a read that has brought `count` bytes more a request for the rest.
void advance_read(FsRequest& request, std::size_t count);

}  // namespace violet
