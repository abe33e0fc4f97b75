#include "os/thread_name.h"

#include <windows.h>

#include "os/windows/wide_text.h"
#include "uv.h"

namespace violet {
namespace {

using SetThreadDescriptionFunction = HRESULT(WINAPI*)(HANDLE, PCWSTR);

// Windows 10 1607 and later have it; older ones cannot name threads.
SetThreadDescriptionFunction set_thread_description() {
  FARPROC found = GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "SetThreadDescription");
  return reinterpret_cast<SetThreadDescriptionFunction>(reinterpret_cast<void*>(found));
}

}  // namespace

int set_current_thread_name(const char* name) {
  SetThreadDescriptionFunction set_description = set_thread_description();
  if (set_description == nullptr) return UV_ENOSYS;
  WideText wide;
  if (int error = wide.assign(name); error != 0) return error;
  return SUCCEEDED(set_description(GetCurrentThread(), wide.get())) ? 0 : UV_ENOMEM;
}

}  // namespace violet
