// What every POSIX system can do with sockets, and each in a way of its own. 0 or a negative UV_E*.
#pragma once

#include "os/datagram.h"
#include "os/posix/internet_address.h"
#include "os/socket.h"

namespace violet {

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
int change_source(Descriptor socket, const InternetAddress& group, const InternetAddress& interface,
                  const InternetAddress& source, bool join);

// Has what the network answers to messages kept for take_queued_error(). Does nothing where nothing
// is kept.
int keep_answered_errors(Descriptor socket, int family);

}  // namespace violet
