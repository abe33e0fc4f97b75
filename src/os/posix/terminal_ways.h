// What systems know of terminals beside POSIX.
#pragma once

#include <fcntl.h>

#include "os/descriptor.h"

namespace violet {

// Of a pseudoterminal: the side of the program that shows what the other side writes.
bool is_terminal_master(Descriptor terminal);

// The same terminal anew, for `mode` (O_ACCMODE of open(2)), which neither blocks nor becomes the
// controlling one; nothing when it cannot be opened. Then the given descriptor has to do.
OwnedDescriptor reopen_terminal(Descriptor terminal, int mode);

inline constexpr int kReopenFlags = O_NOCTTY | O_CLOEXEC | O_NONBLOCK;

}  // namespace violet
