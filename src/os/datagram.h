// Datagram sockets: thin wrappers of system calls. Results are 0 or a count, or a negative
// UV_E*. Interrupted calls are repeated; nothing blocks.
#pragma once

#include <uv.h>

#include <cstddef>
#include <cstdint>

#include "os/descriptor.h"

namespace violet {

// Life. A new socket does not block and is not inherited by child processes.
int open_datagram_socket(int family, OwnedDescriptor& opened);
int set_address_reuse(Descriptor socket);
// Whether it has a peer: 1 or 0, or UV_ENOTSOCK, UV_EBADF.
int is_connected(Descriptor socket);
// UV_EINVAL for a family that datagrams are not sent to: IPv4, IPv6 and local ones are.
int datagram_address_size(const struct sockaddr* address, unsigned int& size);
// `flags` is of uv_udp_flags. UV_EINVAL for UV_UDP_IPV6ONLY with another family.
int bind_datagram_socket(Descriptor socket, const struct sockaddr* address, unsigned int flags);
// Any address, a port that the system chooses.
int bind_to_any(Descriptor socket, int family, unsigned int flags);
int connect_datagram_socket(Descriptor socket, const struct sockaddr* address);
int disconnect_datagram_socket(Descriptor socket);

// Sending.
struct OutgoingDatagram {
  const uv_buf_t* buffers;
  unsigned int count;
  const struct sockaddr* address;  // null: to the connected peer
};
inline constexpr unsigned int kMaxDatagramsPerCall = 32;
// Bytes, or UV_EAGAIN.
std::int64_t send_one(Descriptor socket, const OutgoingDatagram& datagram);
// How many went out, which may be fewer; an error only if the first one failed.
int send_several(Descriptor socket, const OutgoingDatagram* datagrams, unsigned int count);

// Receiving.
inline constexpr std::size_t kLargestDatagram = std::size_t{64} * 1024;
inline constexpr unsigned int kMaxChunks = 20;
struct ReceivedDatagram {
  std::size_t size;
  bool cut;  // the buffer was too short
  alignas(8) unsigned char address[128];

  const struct sockaddr* sender() const {
    return reinterpret_cast<const struct sockaddr*>(address);
  }
};
// 0, or UV_EAGAIN.
int receive_one(Descriptor socket, const uv_buf_t& buffer, ReceivedDatagram& received);
// A buffer for several datagrams holds chunks of kLargestDatagram, one for each.
uv_buf_t chunk_of(const uv_buf_t& buffer, unsigned int index);
// Whether a receive for several is more than one for each.
bool can_receive_several();
// How many came, or UV_EAGAIN.
int receive_several(Descriptor socket, const uv_buf_t& buffer, ReceivedDatagram* received,
                    unsigned int chunks);
// Takes one error from the socket's error queue (UV_UDP_LINUX_RECVERR): a negative UV_E*, or 0 when
// the queue is empty.
int take_queued_error(Descriptor socket);

// Options.
int set_broadcast(Descriptor socket, bool enable);
int set_unicast_ttl(Descriptor socket, int ttl);
int set_multicast_ttl(Descriptor socket, int ttl);
// 0 or 1; IPv4 takes every value up to 255 as 1. UV_EINVAL for others.
int set_multicast_loop(Descriptor socket, int value);
// Addresses are texts; a null interface lets the system choose. UV_EINVAL when one cannot be
// parsed.
bool is_interface(const char* interface_address);
int set_multicast_interface(Descriptor socket, const char* interface_address);
// AF_INET or AF_INET6, or UV_EINVAL.
int group_family(const char* group);
int change_membership(Descriptor socket, const char* group, const char* interface_address,
                      bool join);
int change_source_membership(Descriptor socket, const char* group, const char* interface_address,
                             const char* source, bool join);

}  // namespace violet
