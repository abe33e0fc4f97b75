// The three options of TCP that say when a silent peer is asked whether it is there.
#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "os/socket.h"
#include "os/sockets/socket_option.h"

namespace violet {

// The first one has a name of its own on each system.
inline int set_keep_alive_times_by(Descriptor socket, int idle_option, const KeepAlive& options) {
  int error =
      set_int_option(socket, IPPROTO_TCP, idle_option, static_cast<int>(options.idle_seconds));
  if (error != 0) return error;
  error = set_int_option(socket, IPPROTO_TCP, TCP_KEEPINTVL,
                         static_cast<int>(options.interval_seconds));
  if (error != 0) return error;
  return set_int_option(socket, IPPROTO_TCP, TCP_KEEPCNT, static_cast<int>(options.count));
}

}  // namespace violet
