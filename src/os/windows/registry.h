// Values of the registry's machine branch.
#pragma once

#include <windows.h>

#include <cstddef>

namespace violet {

// False when there is none of that type, or it does not fit. A text is terminated.
template <std::size_t size>
bool read_machine_text(const wchar_t* key, const wchar_t* name, wchar_t (&text)[size]) {
  DWORD bytes = sizeof(text);
  return RegGetValueW(HKEY_LOCAL_MACHINE, key, name, RRF_RT_REG_SZ, nullptr, text, &bytes) ==
         ERROR_SUCCESS;
}
inline bool read_machine_number(const wchar_t* key, const wchar_t* name, DWORD& number) {
  DWORD bytes = sizeof(number);
  return RegGetValueW(HKEY_LOCAL_MACHINE, key, name, RRF_RT_REG_DWORD, nullptr, &number, &bytes) ==
         ERROR_SUCCESS;
}

}  // namespace violet
