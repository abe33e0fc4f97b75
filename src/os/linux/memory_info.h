// Parsers of the kernel's texts about memory.
#pragma once

#include <cstddef>
#include <cstdint>

namespace violet {

// A line "Name:   123 kB" of /proc/meminfo, in bytes; 0 when it is missing.
std::uint64_t parse_memory_info(const char* text, const char* name);

// The pages in /proc/self/statm that RLIMIT_AS and RLIMIT_DATA are held against, the stack counted
// as data; false when the text is not of that form.
bool parse_limited_pages(const char* text, std::size_t* mapped, std::size_t* data);

// The resident pages in /proc/self/statm; false when the text is not of that form.
bool parse_resident_pages(const char* text, std::size_t* pages);

}  // namespace violet
