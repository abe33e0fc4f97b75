// How operations on pipes end. The system has several words for "the other side has gone", and
// which one it is depends on who closed what first.
#pragma once

#include "os/windows/winsock.h"

namespace violet {

// How a call has failed, as the status of its operation would tell.
LONG status_of_error(DWORD error);

// 0, UV_EOF or another negative UV_E*, of the NTSTATUS of a read that is over.
int pipe_read_error(LONG status);
// 0, UV_EPIPE or another one.
int pipe_write_error(LONG status);

}  // namespace violet
