#include "os/windows/named_pipe.h"

// Needs the types of <windows.h>.
#include <winternl.h>

#include <algorithm>
#include <cstring>
#include <cwchar>

#include "os/windows/windows_error.h"
#include "os/windows/winsock.h"
#include "uv.h"

namespace violet {
namespace {

constexpr wchar_t kPrefix[] = L"\\\\?\\pipe";

// Not in every header; from the documentation of NtQueryInformationFile().
constexpr int kFileNameInformation = 9;
constexpr int kFileModeInformation = 16;
constexpr int kFilePipeLocalInformation = 24;
constexpr ULONG kSynchronousModes = 0x10 | 0x20;  // FILE_SYNCHRONOUS_IO_ALERT and _NONALERT

struct PipeLocalInformation {
  ULONG type;
  ULONG configuration;
  ULONG maximum_instances;
  ULONG current_instances;
  ULONG inbound_quota;
  ULONG read_data_available;
  ULONG outbound_quota;
  ULONG write_quota_available;
  ULONG state;
  ULONG end;
};
constexpr ULONG kServerEnd = 1;

template <typename Information>
long query_native(HANDLE handle, int what, Information& information) {
  IO_STATUS_BLOCK block;
  return NtQueryInformationFile(handle, &block, &information, sizeof(information),
                                static_cast<FILE_INFORMATION_CLASS>(what));
}

bool belongs_to_winsock(HANDLE handle) {
  return socket_type(reinterpret_cast<SOCKET>(handle)) != 0;
}

bool is_mailslot(HANDLE handle) {
  return GetMailslotInfo(handle, nullptr, nullptr, nullptr, nullptr) != 0;
}

int write_error(DWORD code) {
  const int error = error_from_windows(code);
  return error == UV_EOF ? UV_EPIPE : error;
}

// A write that does not wait writes all of a message or nothing; smaller pieces may find room.
std::int64_t write_pieces(HANDLE pipe, const char* bytes, DWORD size) {
  constexpr DWORD kParts = 4;
  DWORD written = 0;
  for (DWORD piece = size; piece > 0;) {
    DWORD count = 0;
    if (!WriteFile(pipe, bytes + written, piece, &count, nullptr)) {
      if (written == 0) return write_error(GetLastError());
      break;
    }
    written += count;
    piece = std::min(count == 0 ? piece / kParts : piece, size - written);
  }
  return written == 0 ? std::int64_t{UV_EAGAIN} : written;
}

// Whether calls wait is a state of this end of the pipe, which all its users share.
std::int64_t write_into_room(HANDLE pipe, const char* bytes, DWORD size) {
  DWORD before = 0;
  if (!GetNamedPipeHandleStateW(pipe, &before, nullptr, nullptr, nullptr, nullptr, 0)) {
    return write_error(GetLastError());
  }
  DWORD mode = before | PIPE_NOWAIT;
  if (!SetNamedPipeHandleState(pipe, &mode, nullptr, nullptr)) return write_error(GetLastError());
  const std::int64_t written = write_pieces(pipe, bytes, size);
  SetNamedPipeHandleState(pipe, &before, nullptr, nullptr);
  return written;
}

}  // namespace

std::size_t PipeName::length() const {
  return std::wcslen(text);
}

int create_instance(const wchar_t* name, Instance which, OwnedHandle& made) {
  DWORD mode = PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | WRITE_DAC;
  if (which == Instance::kFirst) mode |= FILE_FLAG_FIRST_PIPE_INSTANCE;
  made = OwnedHandle(CreateNamedPipeW(name, mode, kPipeType, PIPE_UNLIMITED_INSTANCES,
                                      kPipeBufferSize, kPipeBufferSize, 0, nullptr));
  if (made.is_open()) return 0;
  switch (GetLastError()) {
    case ERROR_ACCESS_DENIED:
    case ERROR_PIPE_BUSY:
      return UV_EADDRINUSE;
    case ERROR_INVALID_NAME:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_FILE_NOT_FOUND:
      return UV_EACCES;
    default:
      return last_windows_error();
  }
}

int keep_from_clients(HANDLE instance, const wchar_t* name) {
  if (DisconnectNamedPipe(instance)) return 0;
  // Wine refuses this for an instance that was never connected, so a client connects for a moment.
  OwnedHandle client;
  if (int error = open_client(name, client); error != 0) return error;
  client.close();
  return DisconnectNamedPipe(instance) ? 0 : last_windows_error();
}

int open_client(const wchar_t* name, OwnedHandle& opened) {
  // Of a pipe of one direction; writing takes the right to set the mode, reading to ask for it.
  constexpr DWORD kAccesses[] = {GENERIC_READ | GENERIC_WRITE, GENERIC_READ | FILE_WRITE_ATTRIBUTES,
                                 GENERIC_WRITE | FILE_READ_ATTRIBUTES};
  for (DWORD access : kAccesses) {
    opened = OwnedHandle(
        CreateFileW(name, access, 0, nullptr, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, nullptr));
    if (opened.is_open()) return 0;
    if (GetLastError() != ERROR_ACCESS_DENIED) break;
  }
  return last_windows_error();
}

std::int64_t write_to_pipe(HANDLE pipe, const char* bytes, DWORD size, PipeWait wait) {
  if (wait == PipeWait::kNoRoom) return write_into_room(pipe, bytes, size);
  OwnedHandle event(CreateEventW(nullptr, TRUE, FALSE, nullptr));
  if (!event.is_open()) return last_windows_error();
  OVERLAPPED overlapped = {};
  // If the lowest bit of its event handle is set, a call posts no packet to the port of its file.
  overlapped.hEvent = reinterpret_cast<HANDLE>(reinterpret_cast<std::uintptr_t>(event.get()) | 1);
  DWORD code = WriteFile(pipe, bytes, size, nullptr, &overlapped) ? 0 : GetLastError();
  if (code == ERROR_IO_PENDING) {
    if (wait == PipeWait::kNever) CancelIoEx(pipe, &overlapped);
    WaitForSingleObject(event.get(), INFINITE);
    const auto status = static_cast<long>(overlapped.Internal);
    code = status < 0 ? RtlNtStatusToDosError(status) : 0;
  }
  if (code == ERROR_OPERATION_ABORTED && wait == PipeWait::kNever) return UV_EAGAIN;
  return code == 0 ? static_cast<std::int64_t>(overlapped.InternalHigh) : write_error(code);
}

int name_of_pipe(HANDLE pipe, PipeName& name) {
  struct {
    ULONG size;
    wchar_t text[PipeName::kMost + 1];
  } found = {};
  if (long status = query_native(pipe, kFileNameInformation, found); status < 0) {
    return error_from_status(status);
  }
  const std::size_t length = found.size / sizeof(wchar_t);
  constexpr std::size_t kPrefixLength = sizeof(kPrefix) / sizeof(wchar_t) - 1;
  std::memcpy(name.text, kPrefix, sizeof(kPrefix));
  std::memcpy(name.text + kPrefixLength, found.text, length * sizeof(wchar_t));
  name.text[kPrefixLength + length] = L'\0';
  return 0;
}

// Sockets and mailslots have the same type, or none, but are no files of the pipes' driver. An end
// that may only be written to may not be asked; nor may, under Wine, a pipe of the host's, as which
// a standard stream may come.
bool is_pipe(HANDLE handle) {
  constexpr auto kAccessDenied = static_cast<long>(0xc0000022);
  constexpr auto kNotImplemented = static_cast<long>(0xc0000002);
  if (GetFileType(handle) != FILE_TYPE_PIPE) return false;
  PipeLocalInformation information;
  const long status = query_native(handle, kFilePipeLocalInformation, information);
  if (status == kNotImplemented) return !belongs_to_winsock(handle) && !is_mailslot(handle);
  return status >= 0 || status == kAccessDenied;
}

bool is_server_end(HANDLE pipe) {
  PipeLocalInformation information;
  return query_native(pipe, kFilePipeLocalInformation, information) >= 0 &&
         information.end == kServerEnd;
}

bool is_synchronous(HANDLE handle) {
  ULONG mode = 0;
  return query_native(handle, kFileModeInformation, mode) < 0 || (mode & kSynchronousModes) != 0;
}

}  // namespace violet
