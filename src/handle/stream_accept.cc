#include "handle/stream_accept.h"

#include "handle/pipe.h"
#include "handle/tcp.h"

namespace violet {
namespace {

bool can_take(const Stream& client) {
  switch (client.handle.type) {
    case UV_TCP:
    case UV_NAMED_PIPE:
      return !is_open(client) && !client.handle.has(kClosing);
    default:
      return false;
  }
}

int adopt(Stream& client, Descriptor descriptor) {
  switch (client.handle.type) {
    case UV_TCP:
      return adopt_tcp(reinterpret_cast<Tcp&>(client), descriptor);
    case UV_NAMED_PIPE:
      return adopt_pipe(reinterpret_cast<Pipe&>(client), descriptor);
    default:
      return UV_EINVAL;
  }
}

bool has_something(const Stream& server) {
  return server.handle.has(kPassesDescriptors)
             ? pending_count(reinterpret_cast<const Pipe&>(server)) > 0
             : server.accepted != kNoDescriptor;
}

Descriptor take(Stream& server) {
  if (server.handle.has(kPassesDescriptors)) return take_received(reinterpret_cast<Pipe&>(server));
  return take_accepted(server);
}

}  // namespace

int accept_into(Stream& server, Stream& client) {
  if (!has_something(server)) return UV_EAGAIN;
  if (&loop_of(server.handle) != &loop_of(client.handle) || !can_take(client)) return UV_EINVAL;
  Descriptor accepted = take(server);
  if (accepted < 0) return accepted;
  int error = adopt(client, accepted);
  if (error != 0) close_descriptor(accepted);
  return error;
}

}  // namespace violet
