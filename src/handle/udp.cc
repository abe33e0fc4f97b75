#include "handle/udp.h"

#include "handle/udp_parts.h"
#include "os/address.h"
#include "os/datagram.h"
#include "os/socket.h"

namespace violet {
namespace {

constexpr unsigned int kFamilyBits = 0xff;
constexpr unsigned int kBindFlags =
    UV_UDP_IPV6ONLY | UV_UDP_REUSEADDR | UV_UDP_REUSEPORT | UV_UDP_LINUX_RECVERR;

void on_ready(ReadyItem& item, Loop&) {
  Udp& udp = object_from_member<Udp>(&item, offsetof(Udp, channel));
  Events events = udp.channel.events;
  udp.channel.events = kNoEvents;
  if (awaits_readiness(udp) && (events & (kWritable | kError)) != 0) send_again(udp);
  constexpr Events kCanReceive = kReadable | kDelivered | kDisconnect | kError;
  if (udp.handle.has(kUdpReceiving) && (events & kCanReceive) != 0) receive_ready(udp, events);
}

void close(Handle& handle) {
  Udp& udp = typed_from<Udp>(handle);
  close_waiting(udp);
  handle.clear(kUdpReceiving);
  udp.report.link.unlink_if_linked();
  loop_of(handle).engine->forget(udp.channel);
  close_descriptor(udp.channel.descriptor);
  udp.channel.descriptor = kNoDescriptor;
  finish_closing(handle);
}

void closed(Handle& handle) {
  Udp& udp = typed_from<Udp>(handle);
  while (!udp.finished.empty())
    report_finished(udp);
}

Descriptor descriptor_of(const Handle& handle) {
  return reinterpret_cast<const Udp&>(handle).channel.descriptor;
}

constexpr HandleKind kUdpKind = {UV_UDP, close, closed, descriptor_of};

// A socket that we open is read by nobody else, so an engine may receive ahead from it. Not from a
// local (Unix domain) socket, whose messages have no size limit that buffers could have.
int open_new_socket(Udp& udp, int family) {
  OwnedDescriptor socket;
  if (int error = open_datagram_socket(family, socket); error != 0) return error;
  udp.channel.descriptor = socket.take();
  if (family != AF_UNIX) udp.channel.sharing = Sharing::kOwn;
  return 0;
}

void note_bound(Udp& udp, int family) {
  udp.handle.set(kBound);
  udp.handle.set_to(kIpv6, family == AF_INET6);
}

}  // namespace

int init_udp(Loop& loop, uv_udp_t* public_udp, unsigned int flags) {
  const int family = static_cast<int>(flags & kFamilyBits);
  if ((flags & ~(kFamilyBits | UV_UDP_RECVMMSG)) != 0) return UV_EINVAL;
  if (family != AF_UNSPEC && family != AF_INET && family != AF_INET6) return UV_EINVAL;
  Udp& udp = init_typed_handle<Udp>(loop, public_udp, kUdpKind);
  prepare_channel(udp.channel, kNoDescriptor, on_ready, Nature::kDatagrams, Sharing::kShared);
  udp.report.run = on_udp_report;
  udp.output.run = on_udp_output;
  if ((flags & UV_UDP_RECVMMSG) != 0 && can_receive_several()) udp.handle.set(kUdpManyAtOnce);
  if (family == AF_UNSPEC) return 0;
  int error = open_new_socket(udp, family);
  if (error != 0) unregister_handle(udp.handle);
  return error;
}

int open_udp(Udp& udp, Descriptor socket, unsigned int flags) {
  if ((flags & ~static_cast<unsigned int>(UV_UDP_REUSEADDR)) != 0) return UV_EINVAL;
  if (is_open(udp)) return UV_EBUSY;
  if (udp.handle.has(kClosing)) return UV_EINVAL;
  if (!socket.is_open()) return UV_EBADF;
  if (int error = loop_of(udp.handle).engine->check_unused(socket); error != 0) return error;
  const int connected = is_connected(socket);
  if (connected < 0) return connected;
  if (int error = set_nonblocking(socket, true); error != 0) return error;
  if ((flags & UV_UDP_REUSEADDR) != 0) {
    if (int error = set_address_reuse(socket); error != 0) return error;
  }
  udp.channel.descriptor = socket;
  if (connected == 1) udp.handle.set(kUdpConnected);
  return 0;
}

int bind_udp(Udp& udp, const sockaddr* address, unsigned int flags) {
  if ((flags & ~kBindFlags) != 0 || address == nullptr) return UV_EINVAL;
  if (udp.handle.has(kClosing)) return UV_EINVAL;
  unsigned int size = 0;
  if (int error = internet_address_size(address, size); error != 0) return error;
  if ((flags & UV_UDP_IPV6ONLY) != 0 && address->sa_family != AF_INET6) return UV_EINVAL;
  if (!is_open(udp)) {
    if (int error = open_new_socket(udp, address->sa_family); error != 0) return error;
  }
  if (int error = bind_datagram_socket(udp.channel.descriptor, address, flags); error != 0) {
    return error;
  }
  note_bound(udp, address->sa_family);
  if ((flags & UV_UDP_LINUX_RECVERR) != 0) {
    udp.handle.set(kUdpReportsErrors);
    // Only readiness tells of its error queue, so an engine must not receive ahead.
    udp.channel.sharing = Sharing::kShared;
  }
  return 0;
}

int ensure_bound(Udp& udp, int family, unsigned int flags) {
  if (udp.handle.has(kClosing)) return UV_EINVAL;
  if (is_open(udp)) return 0;
  if (int error = open_new_socket(udp, family); error != 0) return error;
  if (family == AF_UNIX) return 0;
  const int error = bind_to_any(udp.channel.descriptor, family, flags);
  if (error == 0) note_bound(udp, family);
  return error;
}

int connect_udp(Udp& udp, const sockaddr* address) {
  const bool connected = udp.handle.has(kUdpConnected);
  if (address == nullptr) {
    if (!connected) return UV_ENOTCONN;
    if (int error = disconnect_datagram_socket(udp.channel.descriptor); error != 0) return error;
    udp.handle.clear(kUdpConnected);
    return 0;
  }
  unsigned int size = 0;
  if (int error = internet_address_size(address, size); error != 0) return error;
  if (connected) return UV_EISCONN;
  if (int error = ensure_bound(udp, address->sa_family, 0); error != 0) return error;
  sockaddr_in6 completed;
  int error = connect_datagram_socket(udp.channel.descriptor, with_link(address, completed));
  if (error == 0) udp.handle.set(kUdpConnected);
  return error;
}

int update_udp(Udp& udp) {
  Events wanted = kNoEvents;
  if (udp.handle.has(kUdpReceiving)) wanted |= kReceive;
  if (awaits_readiness(udp)) wanted |= kWritable;
  if (int error = loop_of(udp.handle).engine->watch(udp.channel, wanted); error != 0) return error;
  if (wanted == kNoEvents) {
    udp.channel.events = kNoEvents;
    udp.channel.ready.link.unlink_if_linked();
  }
  if (udp.handle.has(kUdpReceiving) || udp.send_queue_count != 0) {
    activate(udp.handle);
  } else {
    deactivate(udp.handle);
  }
  return 0;
}

int udp_socket_name(const Udp& udp, sockaddr* name, int* size) {
  return is_open(udp) ? socket_name(udp.channel.descriptor, name, size) : UV_EBADF;
}

int udp_peer_name(const Udp& udp, sockaddr* name, int* size) {
  return is_open(udp) ? peer_name(udp.channel.descriptor, name, size) : UV_EBADF;
}

}  // namespace violet
