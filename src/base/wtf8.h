// WTF-8: UTF-8 that also carries unpaired surrogates, so that every UTF-16 name of Windows has a
// form in bytes and comes back unchanged. https://simonsapin.github.io/wtf-8/
#pragma once

#include <cstddef>
#include <cstdint>

namespace violet {

// Bytes that the code units take as WTF-8, without a terminator.
std::size_t wtf8_size(const std::uint16_t* units, std::size_t count);

// Writes them; the end of what was written.
char* wtf8_encode(const std::uint16_t* units, std::size_t count, char* output);

// Takes one code point (a surrogate, too) from a zero-terminated text and moves behind it. Negative
// for malformed bytes; 0 at the end.
std::int32_t wtf8_next(const char*& text);

// Code units that the text takes as UTF-16, without a terminator; negative for malformed bytes.
std::ptrdiff_t utf16_size(const char* wtf8);

// Writes at most `capacity` code units of a well-formed text; how many.
std::size_t utf16_encode(const char* wtf8, std::uint16_t* output, std::size_t capacity);

}  // namespace violet
