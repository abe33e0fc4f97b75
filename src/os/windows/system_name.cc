// What the system is called.
#include <windows.h>

// Needs the types of <windows.h>.
#include <winternl.h>

#include <cstdio>
#include <cstring>

#include "os/process_info.h"
#include "os/windows/registry.h"
#include "os/windows/wide_text.h"

// GetVersionEx() tells programs of another version than the one they were made for.
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" NTSTATUS NTAPI RtlGetVersion(OSVERSIONINFOW* version);

namespace violet {
namespace {

constexpr const wchar_t* kVersionKey = L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";

const char* machine_name(WORD architecture) {
  switch (architecture) {
    case PROCESSOR_ARCHITECTURE_AMD64:
      return "x86_64";
    case PROCESSOR_ARCHITECTURE_ARM64:
      return "arm64";
    case PROCESSOR_ARCHITECTURE_INTEL:
      return "i686";
    default:
      return "unknown";
  }
}

// "Windows 10 Pro", and the service pack where there is one.
void write_product(const wchar_t* service_pack, char* text, std::size_t size) {
  wchar_t product[200];
  if (!read_machine_text(kVersionKey, L"ProductName", product)) product[0] = L'\0';
  std::size_t length = write_cut(product, text, size);
  if (service_pack[0] == L'\0' || length + 2 > size) return;
  if (length > 0) text[length++] = ' ';
  write_cut(service_pack, text + length, size - length);
}

}  // namespace

int system_name(uv_utsname_t* name) {
  OSVERSIONINFOW version = {};
  version.dwOSVersionInfoSize = sizeof(version);
  const NTSTATUS status = RtlGetVersion(&version);
  if (!NT_SUCCESS(status)) return error_from_status(status);
  SYSTEM_INFO system;
  GetNativeSystemInfo(&system);
  std::strcpy(name->sysname, "Windows_NT");
  std::snprintf(name->release, sizeof(name->release), "%lu.%lu.%lu", version.dwMajorVersion,
                version.dwMinorVersion, version.dwBuildNumber);
  write_product(version.szCSDVersion, name->version, sizeof(name->version));
  std::strcpy(name->machine, machine_name(system.wProcessorArchitecture));
  return 0;
}

}  // namespace violet
