#include "iocp/pipe_ops.h"

// Needs the types of <windows.h>.
#include <winternl.h>

#include <cstring>
#include <cwchar>

#include "os/windows/windows_error.h"

namespace violet {
namespace {

// FSCTL_PIPE_WAIT and its argument, from [MS-FSCC]; not in every header.
constexpr ULONG kWaitForInstance = 0x110018;
struct WaitArgument {
  LARGE_INTEGER timeout;
  ULONG name_size;
  BOOLEAN has_timeout;
  wchar_t name[PipeName::kMost];
};

// Then the client has UV_ETIMEDOUT: a name whose listener has gone lives as long as one of its
// connections. In units of 100 ns, negative as a distance from now.
constexpr LONGLONG kTimeout = -30LL * 10'000'000;

// The name without what all names of pipes begin with.
const wchar_t* own_name(const wchar_t* name) {
  static constexpr wchar_t kFolder[] = L"\\pipe\\";
  constexpr std::size_t kFolderLength = sizeof(kFolder) / sizeof(wchar_t) - 1;
  for (const wchar_t* place = name; *place != L'\0'; ++place) {
    if (_wcsnicmp(place, kFolder, kFolderLength) == 0) return place + kFolderLength;
  }
  return name;
}

}  // namespace

int PipeDevice::open(Port& port) {
  if (device_.is_open()) return 0;
  OwnedHandle device(CreateFileW(L"\\\\.\\pipe\\", FILE_READ_ATTRIBUTES | SYNCHRONIZE,
                                 FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING,
                                 FILE_FLAG_OVERLAPPED, nullptr));
  if (!device.is_open()) return last_windows_error();
  if (int error = port.associate(device.get(), true, skips_packets_); error != 0) return error;
  device_ = OwnedHandle(device.take());
  return 0;
}

long PipeDevice::wait_for_instance(PipeOperation& operation) {
  const wchar_t* name = own_name(operation.name.text);
  const std::size_t size = std::wcslen(name) * sizeof(wchar_t);
  WaitArgument argument = {};
  argument.timeout.QuadPart = kTimeout;
  argument.has_timeout = TRUE;
  argument.name_size = static_cast<ULONG>(size);
  std::memcpy(argument.name, name, size);
  OVERLAPPED& overlapped = operation.operation.overlapped;
  return NtFsControlFile(device_.get(), nullptr, nullptr, &overlapped,
                         reinterpret_cast<IO_STATUS_BLOCK*>(&overlapped), kWaitForInstance,
                         &argument, static_cast<ULONG>(offsetof(WaitArgument, name) + size),
                         nullptr, 0);
}

void PipeDevice::cancel(PipeOperation& operation) {
  CancelIoEx(device_.get(), &operation.operation.overlapped);
}

}  // namespace violet
