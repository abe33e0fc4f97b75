// Network interfaces.
#pragma once

#include "uv.h"

namespace violet {

// The internet addresses of all interfaces that are up, in one block of memory for release().
// 0 or a negative UV_E*.
int interface_addresses(uv_interface_address_t** addresses, int* count);

// The index of the first interface that has a link-local IPv6 address; 0 when none has.
unsigned first_link_local_interface();

// `name` holds UV_IF_NAMESIZE bytes. 0 or a negative UV_E*.
int interface_name(unsigned index, char* name);
// What stands behind the % of a scoped IPv6 address.
int interface_identifier(unsigned index, char* name);
// The index, 0 when there is no such interface.
unsigned interface_index(const char* name);

}  // namespace violet
