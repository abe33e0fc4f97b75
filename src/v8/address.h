// Socket addresses as JavaScript knows them: { address, family, port }.
#pragma once

#include <uv.h>

#include "v8/values.h"

namespace violet::js {

// 0, or UV_EINVAL for a text that is no address.
int parse_address(const std::string& address, int port, sockaddr_storage& parsed);
// The same of the argument at `index` and the port behind it.
int parse_address(const Arguments& arguments, int index, sockaddr_storage& parsed);
v8::Local<v8::Value> describe_address(v8::Isolate* isolate, const sockaddr* address);

// A method that describes one end of a socket, or answers with an error.
template <typename Object, typename Handle, int (*Name)(const Handle*, sockaddr*, int*)>
void name_of_end(Object& self, const Arguments& arguments) {
  sockaddr_storage address = {};
  int size = sizeof(address);
  const int error = Name(self.socket(), reinterpret_cast<sockaddr*>(&address), &size);
  if (error != 0) return arguments.GetReturnValue().Set(error);
  arguments.GetReturnValue().Set(
      describe_address(self.isolate(), reinterpret_cast<sockaddr*>(&address)));
}

}  // namespace violet::js
