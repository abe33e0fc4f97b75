#include "iocp/afd_poll.h"

// Needs the types of <windows.h>.
#include <winternl.h>

#include <mswsock.h>

#include <cassert>

#include "os/windows/windows_error.h"

namespace violet {
namespace {

// The driver's interface, which no header has.
constexpr ULONG kPollRequest = 0x00012024;
enum AfdEvent : ULONG {
  kAfdReceive = 0x1,
  kAfdReceiveExpedited = 0x2,
  kAfdSend = 0x4,
  kAfdDisconnect = 0x8,  // the peer writes no more
  kAfdAbort = 0x10,      // the connection is gone
  kAfdLocalClose = 0x20,
  kAfdAccept = 0x80,
  kAfdConnectFail = 0x100,
};

constexpr NTSTATUS kStatusPending = 0x103;
constexpr NTSTATUS kStatusSuccess = 0;

// In every Windows, but not in mingw's import library before version 11 or its headers.
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" NTSTATUS NTAPI NtCancelIoFileEx(HANDLE file, IO_STATUS_BLOCK* which,
                                           IO_STATUS_BLOCK* outcome);

// The first two words of an OVERLAPPED are the system's IO_STATUS_BLOCK.
IO_STATUS_BLOCK* status_block(AfdPoll& poll) {
  return reinterpret_cast<IO_STATUS_BLOCK*>(&poll.operation.overlapped.Internal);
}

ULONG driver_events(Events wanted) {
  ULONG events = kAfdAbort | kAfdLocalClose;
  if ((wanted & (kReadable | kReceive)) != 0) events |= kAfdReceive | kAfdAccept | kAfdDisconnect;
  if ((wanted & kAccept) != 0) events |= kAfdAccept;
  if ((wanted & kWritable) != 0) events |= kAfdSend | kAfdConnectFail;
  if ((wanted & kDisconnect) != 0) events |= kAfdDisconnect;
  if ((wanted & kPriority) != 0) events |= kAfdReceiveExpedited;
  return events;
}

}  // namespace

int AfdDevice::open(Port& port) {
  if (device_ != nullptr) return 0;
  // Any name below the driver's will do.
  wchar_t text[] = L"\\Device\\Afd\\Violet";
  UNICODE_STRING name;
  name.Length = sizeof(text) - sizeof(wchar_t);
  name.MaximumLength = sizeof(text);
  name.Buffer = text;
  OBJECT_ATTRIBUTES attributes;
  InitializeObjectAttributes(&attributes, &name, 0, nullptr, nullptr);
  IO_STATUS_BLOCK outcome;
  HANDLE device = nullptr;
  const NTSTATUS status =
      NtCreateFile(&device, SYNCHRONIZE, &attributes, &outcome, nullptr, 0,
                   FILE_SHARE_READ | FILE_SHARE_WRITE, FILE_OPEN, 0, nullptr, 0);
  if (status != kStatusSuccess) return error_from_status(status);
  if (int error = port.associate(device, true, skips_packets_); error != 0) {
    CloseHandle(device);
    return error;
  }
  device_ = device;
  return 0;
}

void AfdDevice::close() {
  if (device_ != nullptr) CloseHandle(device_);
  device_ = nullptr;
}

SOCKET AfdDevice::base_socket(SOCKET socket) {
  SOCKET base = INVALID_SOCKET;
  DWORD size = 0;
  const int result =
      WSAIoctl(socket, SIO_BASE_HANDLE, nullptr, 0, &base, sizeof(base), &size, nullptr, nullptr);
  return result == 0 ? base : INVALID_SOCKET;
}

AfdDevice::Started AfdDevice::start(AfdPoll& poll, SOCKET base, Events wanted) {
  assert(poll.state == AfdPollState::kIdle && device_ != nullptr);
  poll.operation.prepare(OperationKind::kPoll);
  poll.info = {};
  poll.info.timeout.QuadPart = INT64_MAX;
  poll.info.handle_count = 1;
  poll.info.handle = reinterpret_cast<HANDLE>(base);
  poll.info.events = driver_events(wanted);
  poll.polled = wanted;
  // The status of a request that the driver has not answered yet.
  status_block(poll)->Status = kStatusPending;
  const NTSTATUS status = NtDeviceIoControlFile(
      device_, nullptr, nullptr, &poll.operation.overlapped, status_block(poll), kPollRequest,
      &poll.info, sizeof(poll.info), &poll.info, sizeof(poll.info));
  const bool packet_comes =
      status == kStatusPending || (status == kStatusSuccess && !skips_packets_);
  if (packet_comes) {
    poll.state = AfdPollState::kPending;
    return Started::kPending;
  }
  return status == kStatusSuccess ? Started::kOver : Started::kRefused;
}

void AfdDevice::cancel(AfdPoll& poll) {
  assert(poll.state == AfdPollState::kPending);
  // It does not matter if this fails because the poll is over: then its packet is in the port
  // already.
  IO_STATUS_BLOCK outcome;
  NtCancelIoFileEx(device_, status_block(poll), &outcome);
  poll.state = AfdPollState::kCancelled;
}

Events AfdDevice::events_of(const AfdPoll& poll) {
  if (poll.operation.status() < 0 || poll.info.handle_count == 0) return kNoEvents;
  const ULONG happened = poll.info.events;
  Events events = kNoEvents;
  if ((happened & (kAfdReceive | kAfdAccept)) != 0) events |= kReadable;
  if ((happened & kAfdReceiveExpedited) != 0) events |= kPriority;
  if ((happened & kAfdSend) != 0) events |= kWritable;
  // After a disconnect or an abort reading and writing do not block any more and tell what
  // happened. Neither is reported as an error of the poll, unlike on POSIX (as libuv 1.40 does
  // under Wine).
  if ((happened & kAfdDisconnect) != 0) events |= kReadable | kDisconnect;
  if ((happened & kAfdAbort) != 0) events |= kReadable | kWritable | kDisconnect;
  if ((happened & kAfdConnectFail) != 0) events |= kReadable | kWritable;
  return events;
}

}  // namespace violet
