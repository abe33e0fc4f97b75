// What Winsock has only on request.
#pragma once

#include "os/windows/winsock.h"

#include <mswsock.h>

namespace violet {

struct ExtensionFunctions {
  LPFN_ACCEPTEX accept;    // null: there is none
  LPFN_CONNECTEX connect;  // null: there is none
  // Whether the handles of sockets are real handles of the system (IFS). Only then can one rely on
  // it that an operation that is over at once posts no packet. Layered service providers of other
  // software may not have such handles.
  bool sockets_are_handles;
};

// Looks them up once per process.
const ExtensionFunctions& extension_functions();

}  // namespace violet
