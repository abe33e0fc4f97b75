#include "handle/tcp.h"

#include "os/address.h"
#include "os/socket.h"

namespace violet {
namespace {

// Public; see HandleFlags.
constexpr HandleFlags kNoDelay = 0x1000000;
constexpr HandleFlags kKeepsAlive = 0x2000000;
constexpr HandleFlags kOneAccept = 0x4000000;  // shown only

constexpr unsigned int kFamilyMask = 0xff;

constexpr HandleKind kTcpKind = {UV_TCP, close_stream, hand_out_cancelled, stream_descriptor};

std::uint16_t shortened(unsigned int value) {
  return value > UINT16_MAX ? UINT16_MAX : static_cast<std::uint16_t>(value);
}

// What libuv gives to every socket that did not exist when it was asked for.
constexpr KeepAlive kUsualKeepAlive = {60, 1, 10};

int apply_keep_alive(Tcp& tcp, Descriptor socket) {
  const SmallKeepAlive& kept = tcp.stream.of_type.keep_alive;
  const KeepAlive options = {kept.idle_seconds, kept.interval_seconds, kept.count};
  const int error = set_keep_alive(socket, &options);
  // Nobody could tell when they were asked for, and the socket is wanted all the same.
  return error == UV_EINVAL ? set_keep_alive(socket, &kUsualKeepAlive) : error;
}

int apply_options(Tcp& tcp, Descriptor socket) {
  if (tcp.stream.handle.has(kNoDelay)) {
    if (int error = set_no_delay(socket, true); error != 0) return error;
  }
  return tcp.stream.handle.has(kKeepsAlive) ? apply_keep_alive(tcp, socket) : 0;
}

int make_socket(Tcp& tcp, int family) {
  if (is_open(tcp.stream)) return 0;
  OwnedDescriptor socket;
  if (int error = open_stream_socket(family, socket); error != 0) return error;
  if (int error = apply_options(tcp, socket.get()); error != 0) return error;
  open_stream(tcp.stream, socket.take(), 0, Nature::kSocket, Sharing::kOwn);
  return 0;
}

}  // namespace

int init_tcp(Loop& loop, uv_tcp_t* public_tcp, unsigned int flags) {
  int family = static_cast<int>(flags & kFamilyMask);
  if (family != AF_UNSPEC && family != AF_INET && family != AF_INET6) return UV_EINVAL;
  if ((flags & ~kFamilyMask) != 0) return UV_EINVAL;
  Tcp& tcp = view<Tcp>(public_tcp);
  init_stream(loop, tcp.stream, kTcpKind, sizeof(Tcp));
  if (family == AF_UNSPEC) return 0;
  int error = make_socket(tcp, family);
  if (error != 0) unregister_handle(tcp.stream.handle);
  return error;
}

int open_tcp(Tcp& tcp, Descriptor socket) {
  if (is_open(tcp.stream)) return UV_EBUSY;
  if (tcp.stream.handle.has(kClosing)) return UV_EINVAL;
  if (int error = check_unused(tcp.stream, socket); error != 0) return error;
  if (int error = set_nonblocking(socket, true); error != 0) return error;
  if (int error = apply_options(tcp, socket); error != 0) return error;
  // Programs open pipes as TCP handles too, which works as long as nothing asks for a socket.
  const Nature nature = is_socket(socket) ? Nature::kSocket : Nature::kPipe;
  open_stream(tcp.stream, socket, kCanRead | kCanWrite, nature, Sharing::kShared);
  return 0;
}

int adopt_tcp(Tcp& tcp, OwnedDescriptor& socket, Sharing sharing) {
  if (is_open(tcp.stream)) return UV_EBUSY;
  if (int error = apply_options(tcp, socket.get()); error != 0) return error;
  open_stream(tcp.stream, socket.take(), kCanRead | kCanWrite, Nature::kSocket, sharing);
  return 0;
}

int bind_tcp(Tcp& tcp, const sockaddr* address, unsigned int flags) {
  unsigned int size = 0;
  if (tcp.stream.handle.has(kClosing)) return UV_EINVAL;
  if (int error = internet_address_size(address, size); error != 0) return error;
  const bool ipv6_only = (flags & UV_TCP_IPV6ONLY) != 0;
  if (ipv6_only && address->sa_family != AF_INET6) return UV_EINVAL;
  if (int error = make_socket(tcp, address->sa_family); error != 0) return error;
  int error = bind_internet_socket(tcp.stream.channel.descriptor, address, size, ipv6_only,
                                   (flags & UV_TCP_REUSEPORT) != 0);
  if (error != 0 && error != UV_EADDRINUSE) return error;
  tcp.stream.delayed_error = error;
  tcp.stream.handle.set(kBound);
  tcp.stream.handle.set_to(kIpv6, address->sa_family == AF_INET6);
  return 0;
}

int listen_tcp(Tcp& tcp, int backlog, uv_connection_cb callback) {
  if (tcp.stream.handle.has(kClosing)) return UV_EINVAL;
  if (tcp.stream.delayed_error != 0) return tcp.stream.delayed_error;
  if (int error = make_socket(tcp, AF_INET); error != 0) return error;
  return start_listening(tcp.stream, backlog, callback);
}

int connect_tcp(Tcp& tcp, uv_connect_t* request, const sockaddr* address, uv_connect_cb callback) {
  Stream& stream = tcp.stream;
  unsigned int size = 0;
  if (stream.handle.has(kClosing)) return UV_EINVAL;
  if (int error = internet_address_size(address, size); error != 0) return error;
  if (stream.handle.has(kConnecting)) return UV_EALREADY;
  // The engine has one op for each stream, and may have a write.
  if (stream.handle.has(kListening | kOpSubmitted)) return UV_EISCONN;
  if (int error = make_socket(tcp, address->sa_family); error != 0) return error;
  if (stream.delayed_error != 0) {
    fail_connect(stream, request, callback, stream.delayed_error);
    return 0;
  }
  sockaddr_in6 completed;
  int error = start_connect(stream, request, with_link(address, completed), size, callback);
  if (error != 0) return error;
  stream.handle.set(kCanRead | kCanWrite);
  return 0;
}

int close_tcp_with_reset(Tcp& tcp, uv_close_cb callback) {
  Stream& stream = tcp.stream;
  const bool is_shutting_down =
      !stream.handle.has(kListening) && stream.shutdown_request() != nullptr;
  if (is_shutting_down || stream.handle.has(kClosing)) return UV_EINVAL;
  if (int error = make_close_reset(stream.channel.descriptor); error != 0) return error;
  close_handle(stream.handle, callback);
  return 0;
}

int tcp_socket_name(const Tcp& tcp, sockaddr* name, int* size) {
  if (tcp.stream.delayed_error != 0) return tcp.stream.delayed_error;
  return socket_name(tcp.stream.channel.descriptor, name, size);
}

int tcp_peer_name(const Tcp& tcp, sockaddr* name, int* size) {
  if (tcp.stream.delayed_error != 0) return tcp.stream.delayed_error;
  return peer_name(tcp.stream.channel.descriptor, name, size);
}

int set_tcp_no_delay(Tcp& tcp, bool enable) {
  if (is_open(tcp.stream)) {
    if (int error = set_no_delay(tcp.stream.channel.descriptor, enable); error != 0) return error;
  }
  tcp.stream.handle.set_to(kNoDelay, enable);
  return 0;
}

void note_simultaneous_accepts(Tcp& tcp, bool enable) {
  tcp.stream.handle.set_to(kOneAccept, !enable);
}

int set_tcp_keep_alive(Tcp& tcp, const KeepAlive* options) {
  if (is_open(tcp.stream)) {
    if (int error = set_keep_alive(tcp.stream.channel.descriptor, options); error != 0)
      return error;
  }
  tcp.stream.handle.set_to(kKeepsAlive, options != nullptr);
  if (options == nullptr) return 0;
  tcp.stream.of_type.keep_alive = {shortened(options->idle_seconds),
                                   shortened(options->interval_seconds), shortened(options->count)};
  return 0;
}

}  // namespace violet
