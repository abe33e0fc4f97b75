// UDP handles. The parts: udp.cc (life, binding, connecting), udp_send.cc, udp_receive.cc,
// udp_options.cc.
#pragma once

#include "core/loop.h"
#include "core/public_layout.h"
#include "handle/udp_send_queue.h"

namespace violet {

// The public ones; see HandleFlags.
inline constexpr HandleFlags kUdpConnected = 0x2000000;
inline constexpr HandleFlags kUdpManyAtOnce = 0x4000000;  // UV_UDP_RECVMMSG
// Ours alone.
inline constexpr HandleFlags kUdpReceiving = kFirstTypeFlag;
inline constexpr HandleFlags kUdpReportsErrors = kFirstTypeFlag << 1;  // UV_UDP_LINUX_RECVERR
inline constexpr HandleFlags kUdpFull = kFirstTypeFlag << 2;           // waits for room

// How a full handle waits for room. See udp_send.cc.
struct UdpRoom {
  TimerItem retry;
  std::uint32_t tries_in_vain;  // since messages began to wait
};

// A request is in `waiting` until its message was given to the system, then in `finished` until its
// callback has run. Datagrams go out by system calls on every engine: the system either takes a
// message whole or is full, which is rare, and several go with one call.
struct Udp {
  using Public = uv_udp_t;

  Handle handle;
  ReadyItem report;  // in the loop's `pending` while there are finished requests
  union {
    HandleTail tail;
    // Lies where the tail has its link for the closing phase, so close() has to leave it empty.
    SendQueue waiting;
  };
  std::size_t send_queue_size;
  std::size_t send_queue_count;
  uv_alloc_cb alloc_callback;
  uv_udp_recv_cb receive_callback;
  Channel channel;
  SendQueue finished;
  union {
    ReadyItem output;  // in the loop's `queued_output` while there are waiting requests and room
    UdpRoom room;      // with kUdpFull
  };
};

static_assert(offsetof(Udp, tail) == kHandleTailOffset);
static_assert(offsetof(Udp, send_queue_size) == offsetof(uv_udp_t, send_queue_size));
static_assert(offsetof(Udp, send_queue_count) == offsetof(uv_udp_t, send_queue_count));
static_assert(watcher_in_place<Udp>());

template <typename Public>
constexpr bool udp_callbacks_in_place() {
  if constexpr (requires(Public udp) { udp.recv_cb; }) {
    static_assert(offsetof(Udp, alloc_callback) == offsetof(Public, alloc_cb));
    static_assert(offsetof(Udp, receive_callback) == offsetof(Public, recv_cb));
  }
  return true;
}
static_assert(udp_callbacks_in_place<uv_udp_t>());

// Life.
int init_udp(Loop& loop, uv_udp_t* udp, unsigned int flags);
int open_udp(Udp& udp, Descriptor socket, unsigned int flags);
int bind_udp(Udp& udp, const struct sockaddr* address, unsigned int flags);
// A null address ends the connection.
int connect_udp(Udp& udp, const struct sockaddr* address);
inline bool is_open(const Udp& udp) {
  return udp.channel.descriptor.is_open();
}
int udp_socket_name(const Udp& udp, struct sockaddr* name, int* size);
int udp_peer_name(const Udp& udp, struct sockaddr* name, int* size);

// Sending.
int start_send(Udp& udp, SendRequest& request, const uv_buf_t* buffers, unsigned int count,
               const struct sockaddr* address, uv_udp_send_cb callback);
std::int64_t try_send(Udp& udp, const uv_buf_t* buffers, unsigned int count,
                      const struct sockaddr* address);
int try_send_several(Udp& udp, unsigned int count, uv_buf_t* buffers[], unsigned int counts[],
                     struct sockaddr* addresses[]);

// Receiving.
int start_receiving(Udp& udp, uv_alloc_cb alloc_callback, uv_udp_recv_cb receive_callback);
void stop_receiving(Udp& udp);

// Options: UV_EBADF without a socket.
int udp_set_broadcast(Udp& udp, bool enable);
int udp_set_ttl(Udp& udp, int ttl);
int udp_set_multicast_ttl(Udp& udp, int ttl);
int udp_set_multicast_loop(Udp& udp, int value);
int udp_set_multicast_interface(Udp& udp, const char* interface_address);
int udp_set_membership(Udp& udp, const char* group, const char* interface_address, int membership);
int udp_set_source_membership(Udp& udp, const char* group, const char* interface_address,
                              const char* source, int membership);

}  // namespace violet
