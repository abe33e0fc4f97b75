// What every system can do with sockets, and each in a way of its own. 0 or a negative UV_E*.
#pragma once

#include "os/datagram.h"
#include "os/socket.h"
#include "os/sockets/internet_address.h"

namespace violet {

// Before the first call of its kind: Winsock has to be started.
int start_sockets();
// AF_INET or AF_INET6 of a socket for these, bound or not.
int family_of_socket(Descriptor socket);

// A stream's address can be had again by a server that starts again, though old connections linger
// there. Nothing where that is so anyway.
int let_address_be_had_again(Descriptor socket);

int set_keep_alive_times(Descriptor socket, const KeepAlive& options);

// The kernel spreads connections and messages over all sockets on one port. UV_ENOTSUP where it can
// only give them to one.
int balance_port(Descriptor socket);

// An IPv6 socket that takes IPv4 too. Does nothing where there is no such thing.
int allow_both_families(Descriptor socket);
// Whether a new IPv6 socket has to be told so.
bool is_one_family_default();

// The multicast options of IPv4, whose values are bytes on some systems.
int set_v4_multicast_option(Descriptor socket, int name, int value);
int change_source(Descriptor socket, const InternetAddress& group, const InternetAddress& own,
                  const InternetAddress& source, bool join);

// Has what the network answers to messages kept for take_queued_error(). Does nothing where nothing
// is kept.
int keep_answered_errors(Descriptor socket, int family);

}  // namespace violet
