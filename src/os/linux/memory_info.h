// Parsers of the kernel's texts about memory.
#pragma once

#include <cstddef>
#include <cstdint>

namespace violet {

// A line "Name:   123 kB" of /proc/meminfo, in bytes; 0 when it is missing.
std::uint64_t parse_memory_info(const char* text, const char* name);

// The resident pages in /proc/self/statm; false when the text is not of that form.
bool parse_resident_pages(const char* text, std::size_t* pages);

}  // namespace violet
