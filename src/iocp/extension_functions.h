// What Winsock has only on request.
#pragma once

#include "os/windows/winsock.h"

#include <mswsock.h>

namespace violet {

struct ExtensionFunctions {
  LPFN_ACCEPTEX accept;    // null: there is none
  LPFN_CONNECTEX connect;  // null: there is none
  // Handles of sockets are the system's own, as those of files: only then does an operation that is
  // over at once reliably bring no packet. Other software may put layers of its own on top.
  bool sockets_are_handles;
};

// Asked for once.
const ExtensionFunctions& extension_functions();

}  // namespace violet
