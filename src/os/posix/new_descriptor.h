// Opening sockets and pipes that programs started later do not inherit. Where a system cannot say
// so in the call that opens, a program that another thread starts in between inherits them all the
// same.
#pragma once

#include <sys/socket.h>

#include "os/descriptor.h"

namespace violet {

// Neither the socket nor the connection blocks. 0 or a negative UV_E*.
int new_socket(int family, int type, OwnedDescriptor& opened);
int new_connection(Descriptor listener, OwnedDescriptor& accepted);

enum class Blocking : bool { kNo, kYes };
// The system's result: 0, or -1 and errno.
int new_pipe(int ends[2], Blocking blocking);
int new_socket_pair(int type, int protocol, int ends[2], Blocking blocking);

// For sockets that others have opened: what is sent to a peer that is gone raises no SIGPIPE. Those
// from here need no more than MSG_NOSIGNAL. Does nothing to what is no socket.
void keep_from_signalling(Descriptor socket);

// recvmsg(2) without waiting. What it brings is not inherited either.
ssize_t receive_passing(Descriptor socket, msghdr& message);

}  // namespace violet
