// Under Wine the tests that meet a fault of Wine's own are left out, by name. The programs in
// tests/wine show each fault on the Windows API alone.
#include <gtest/gtest.h>
#include <uv.h>

#include <cstdio>
#include <string>

namespace {

struct Fault {
  const char* test;
  const char* reason;
};

constexpr Fault kFaults[] = {
    {"DnsTest.ResolverErrorsHaveTheirOwnNames", "flags that do not exist are accepted (flags.c)"},
    {"Modes/FsDirectory.LinksAndJunctions/*",
     "symbolic links and junctions are not there after they were made (links.c)"},
    {"Modes/LongNames.AreResolved/*",
     "a path of more than 260 letters is ERROR_MORE_DATA, whatever the room (final_path.c)"},
    {"NameTest.ResolverErrorsComeWithTheCallback", "the same"},
};

bool leave_out_faults() {
  HMODULE system = GetModuleHandleW(L"ntdll.dll");
  if (GetProcAddress(system, "wine_get_version") == nullptr) return false;
  std::string filter = GTEST_FLAG_GET(filter);
  const char* separator = filter.find('-') == std::string::npos ? "-" : ":";
  for (const Fault& fault : kFaults) {
    std::printf("Left out under Wine: %s: %s\n", fault.test, fault.reason);
    filter += separator;
    filter += fault.test;
    separator = ":";
  }
  GTEST_FLAG_SET(filter, filter);
  return true;
}

const bool left_out = leave_out_faults();

}  // namespace
