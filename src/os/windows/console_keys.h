// Keys of a console as the text that a terminal sends for them.
#pragma once

#include <windows.h>

#include <cstddef>

namespace violet {

inline constexpr std::size_t kLongestKey = 8;

// Writes what one press of the key is as text, and tells its length in UTF-16 units; 0 for a key
// that is none (modifiers, keys that are let go). `translated`: the console has made sequences of
// the special keys already. A letter that UTF-16 has two units for comes as two keys.
std::size_t text_of_key(const KEY_EVENT_RECORD& key, bool translated, wchar_t (&text)[kLongestKey]);

}  // namespace violet
