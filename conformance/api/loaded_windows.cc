#include <uv.h>

#include "support.h"

namespace conformance {

bool library_has(const char* function) {
  return GetProcAddress(GetModuleHandleW(L"uv.dll"), function) != nullptr;
}

}  // namespace conformance
