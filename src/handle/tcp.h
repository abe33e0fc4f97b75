#pragma once

#include "handle/stream.h"
#include "os/socket.h"

namespace violet {

struct Tcp {
  using Public = uv_tcp_t;

  Stream stream;
};

// With AF_UNSPEC the socket is made when an address tells the family.
int init_tcp(Loop& loop, uv_tcp_t* tcp, unsigned int flags);
int open_tcp(Tcp& tcp, Descriptor socket);
// Gives the handle a connected or listening socket of ours: accepted, or passed over IPC.
// It is taken only if that succeeds.
int adopt_tcp(Tcp& tcp, OwnedDescriptor& socket, Sharing sharing);
int bind_tcp(Tcp& tcp, const struct sockaddr* address, unsigned int flags);
int listen_tcp(Tcp& tcp, int backlog, uv_connection_cb callback);
int connect_tcp(Tcp& tcp, uv_connect_t* request, const struct sockaddr* address,
                uv_connect_cb callback);
int close_tcp_with_reset(Tcp& tcp, uv_close_cb callback);

// The error of a bind that is yet to be told comes first.
int tcp_socket_name(const Tcp& tcp, struct sockaddr* name, int* size);
int tcp_peer_name(const Tcp& tcp, struct sockaddr* name, int* size);

// Kept for the socket when there is none yet.
int set_tcp_no_delay(Tcp& tcp, bool enable);
int set_tcp_keep_alive(Tcp& tcp, const KeepAlive* options);
// Without effect here, but that the public flags show it.
void note_simultaneous_accepts(Tcp& tcp, bool enable);

}  // namespace violet
