// Two connected ends of a named pipe with a name that nobody knows.
#pragma once

#include "os/windows/owned_handle.h"

namespace violet {

struct PipeEnd {
  bool readable;
  bool writable;
  bool overlapped;
};

// Neither is inherited by programs started later. 0 or a negative UV_E*.
int create_pipe_pair(const PipeEnd& server_end, OwnedHandle& server, const PipeEnd& client_end,
                     OwnedHandle& client);

}  // namespace violet
