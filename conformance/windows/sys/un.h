#pragma once

#include <cstddef>

#include "../posix_calls.h"

// As elsewhere; Winsock's own stands in a header that not every kit has.
struct sockaddr_un {
  ADDRESS_FAMILY sun_family;
  char sun_path[108];
};
