#include "handle/stream_accept.h"

#include "handle/pipe.h"
#include "handle/tcp.h"
#include "handle/udp.h"
#include "os/local_socket.h"
#include "os/socket.h"

namespace violet {
namespace {

bool is_open(const Handle& client) {
  return client.kind->descriptor(client).is_open();
}

// Only an IPC pipe can bring UDP sockets.
int check_client(const Handle& client, bool from_pipe) {
  const bool is_stream = client.type == UV_TCP || client.type == UV_NAMED_PIPE;
  if (!is_stream && !(client.type == UV_UDP && from_pipe)) return UV_EINVAL;
  if (client.has(kClosing)) return UV_EINVAL;
  return is_open(client) ? UV_EBUSY : 0;
}

// A descriptor that came over IPC may be a FIFO rather than a socket.
bool brings_socket(Descriptor descriptor, bool from_pipe) {
  return from_pipe ? is_socket(descriptor) : kLocalSocketsAreSockets;
}

// Takes the descriptor if it succeeds.
int adopt(Handle& client, OwnedDescriptor& descriptor, bool from_pipe) {
  const Sharing sharing = from_pipe ? Sharing::kShared : Sharing::kOwn;
  switch (client.type) {
    case UV_TCP:
      return adopt_tcp(reinterpret_cast<Tcp&>(client), descriptor, sharing);
    case UV_NAMED_PIPE:
      return adopt_pipe(reinterpret_cast<Pipe&>(client), descriptor,
                        brings_socket(descriptor.get(), from_pipe), sharing);
    case UV_UDP: {
      const int error = open_udp(reinterpret_cast<Udp&>(client), descriptor.get(), 0);
      if (error == 0) descriptor.take();
      return error;
    }
    default:
      return UV_EINVAL;
  }
}

bool has_something(const Stream& server) {
  return server.handle.has(kPassesDescriptors)
             ? pending_count(reinterpret_cast<const Pipe&>(server)) > 0
             : server.handle.has(kListening) && server.accepted().is_open();
}

int take(Stream& server, OwnedDescriptor& accepted) {
  return server.handle.has(kPassesDescriptors)
             ? take_received(reinterpret_cast<Pipe&>(server), accepted)
             : take_accepted(server, accepted);
}

}  // namespace

int accept_into(Stream& server, Handle& client) {
  if (!has_something(server)) return UV_EAGAIN;
  if (&loop_of(server.handle) != &loop_of(client)) return UV_EINVAL;
  const bool from_pipe = server.handle.has(kPassesDescriptors);
  if (int error = check_client(client, from_pipe); error != 0) return error;
  OwnedDescriptor accepted;
  if (int error = take(server, accepted); error != 0) return error;
  if (int error = adopt(client, accepted, from_pipe); error != 0) return error;
  if (client.type != UV_UDP) client.set(kBound);
  return 0;
}

}  // namespace violet
