// Host names with other letters than ASCII, as DNS carries them: each such label becomes "xn--"
// and its Punycode (RFC 3492). Letters are not folded to lower case beyond ASCII.
#pragma once

#include <cstddef>
#include <cstdint>

namespace violet {

// Converts a UTF-8 host name. The length without the terminator, or UV_EINVAL for malformed UTF-8
// and labels of more than 255 letters, or UV_ENOBUFS when it does not fit in `size` bytes. A name
// of ASCII letters only is copied as it is.
std::ptrdiff_t idna_to_ascii(const char* utf8, char* output, std::size_t size);

}  // namespace violet
