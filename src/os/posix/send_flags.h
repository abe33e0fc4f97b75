// How the library sends: without waiting, and without SIGPIPE when the peer is gone.
#pragma once

#include <sys/socket.h>

namespace violet {

#ifdef MSG_NOSIGNAL
inline constexpr int kSendFlags = MSG_NOSIGNAL | MSG_DONTWAIT;
#else
// The sockets themselves have been told (keep_from_signalling()).
inline constexpr int kSendFlags = MSG_DONTWAIT;
#endif

}  // namespace violet
