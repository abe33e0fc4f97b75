// How a system describes its network interfaces beside getifaddrs(3).
#pragma once

#include <ifaddrs.h>
#include <netinet/in.h>

namespace violet {

// The hardware address is an address of its own, of a family that only some systems have. Null for
// an entry of another family.
const void* hardware_address(const ifaddrs& entry);

// An internet address of an interface as it is used in calls; `family` is that of the entry, which
// a mask may lack.
void copy_interface_address(const sockaddr& source, int family, void* target);

}  // namespace violet
