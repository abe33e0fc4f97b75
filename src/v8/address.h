// Socket addresses as JavaScript knows them: { address, family, port }.
#pragma once

#include <uv.h>

#include "v8/values.h"

namespace violet::js {

// Of the argument at `index` and the port behind it: 0, or UV_EINVAL for a text that is no address.
int parse_address(const Arguments& arguments, int index, sockaddr_storage& parsed);
v8::Local<v8::Value> describe_address(v8::Isolate* isolate, const sockaddr* address);

// A method that describes one end of a socket, or answers with an error.
template <auto Name, typename Socket>
void name_of_end(Socket& self, const Arguments& arguments) {
  sockaddr_storage address = {};
  int size = sizeof(address);
  const int error = Name(&self.raw, reinterpret_cast<sockaddr*>(&address), &size);
  if (error != 0) return answer(arguments, error);
  answer(arguments, describe_address(self.isolate(), reinterpret_cast<sockaddr*>(&address)));
}

// bind(address, port, flags)
template <auto Bind, typename Socket>
void bind_to(Socket& self, const Arguments& arguments) {
  sockaddr_storage address = {};
  int error = parse_address(arguments, 0, address);
  if (error == 0)
    error = Bind(&self.raw, reinterpret_cast<sockaddr*>(&address),
                 argument_at<unsigned int>(arguments, 2));
  answer(arguments, error);
}

}  // namespace violet::js
