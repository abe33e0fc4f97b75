// Internet addresses as text. 0 or a negative UV_E*.
#pragma once

#include <uv.h>

#include <cstddef>

namespace violet {

// Holds any address with its terminator.
inline constexpr std::size_t kAddressTextSize = 46;

// UV_EINVAL for what is no address, a null text among it.
int parse_ipv4(const char* text, void* address);
// A zone ("fe80::1%eth0") belongs to the socket address, not to the bare one: `zone` points at its
// name, or is null.
int parse_ipv6(const char* text, void* address, const char*& zone);

// A link-local IPv6 address means one host on each link. One that names no link gets the first
// interface's that has such an address, in `completed`; every other address, and null, is returned
// as it is.
const struct sockaddr* with_link(const struct sockaddr* address, struct sockaddr_in6& completed);

// For addresses that the library makes: how long they are, where the system keeps that in them.
void note_length(struct sockaddr* address, std::size_t size);

// `family` is AF_INET or AF_INET6. UV_ENOSPC when the text does not fit.
int format_address(int family, const void* address, char* text, std::size_t size);

}  // namespace violet
