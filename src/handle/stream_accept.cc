#include "handle/stream_accept.h"

#include "handle/tcp.h"

namespace violet {
namespace {

int adopt(Stream& client, Descriptor descriptor) {
  switch (client.handle.type) {
    case UV_TCP:
      return adopt_tcp(reinterpret_cast<Tcp&>(client), descriptor);
    default:
      return UV_EINVAL;
  }
}

}  // namespace

int accept_into(Stream& server, Stream& client) {
  Descriptor accepted = take_accepted(server);
  if (accepted < 0) return accepted;
  int error = adopt(client, accepted);
  if (error != 0) close_descriptor(accepted);
  return error;
}

}  // namespace violet
