// Socket addresses as JavaScript knows them: { address, family, port }.
#pragma once

#include <uv.h>

#include "v8/values.h"

namespace violet::js {

// 0, or UV_EINVAL for a text that is no address.
int parse_address(const std::string& address, int port, sockaddr_storage& parsed);
v8::Local<v8::Value> describe_address(v8::Isolate* isolate, const sockaddr* address);

}  // namespace violet::js
