// Whether a kernel does what it says it can, found by trying.
#pragma once

#include "uring/ring.h"

namespace violet {

// Multishot receive into a ring of buffers: of streams (SOCK_STREAM) or of messages
// (SOCK_SEQPACKET).
bool receives_many(Ring& ring, int type, bool incremental);

}  // namespace violet
