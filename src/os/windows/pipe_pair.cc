#include "os/windows/pipe_pair.h"

#include <atomic>
#include <cstdint>
#include <cwchar>

#include "os/random.h"
#include "os/windows/named_pipe.h"
#include "os/windows/windows_error.h"
#include "uv.h"

namespace violet {
namespace {

constexpr std::size_t kNameSize = 80;

// Others can list names of pipes, and open one before we do: a number that cannot be guessed, and
// one instance only.
int make_name(wchar_t (&name)[kNameSize]) {
  std::uint64_t secret[2];
  if (int error = fill_random(secret, sizeof(secret)); error != 0) return error;
  std::swprintf(name, kNameSize, L"\\\\.\\pipe\\violet-%lu-%016llx%016llx", GetCurrentProcessId(),
                secret[0], secret[1]);
  return 0;
}

}  // namespace

int create_pipe_pair(const PipeEnd& server_end, OwnedHandle& server, const PipeEnd& client_end,
                     OwnedHandle& client) {
  wchar_t name[kNameSize];
  if (int error = make_name(name); error != 0) return error;
  DWORD mode = FILE_FLAG_FIRST_PIPE_INSTANCE;
  if (server_end.readable) mode |= PIPE_ACCESS_INBOUND;
  if (server_end.writable) mode |= PIPE_ACCESS_OUTBOUND;
  if (server_end.overlapped) mode |= FILE_FLAG_OVERLAPPED;
  constexpr DWORD kType = kPipeType | PIPE_REJECT_REMOTE_CLIENTS;
  server = OwnedHandle(
      CreateNamedPipeW(name, mode, kType, 1, kPipeBufferSize, kPipeBufferSize, 0, nullptr));
  if (!server.is_open()) return last_windows_error();
  // Writing to a pipe takes the right to set its mode, and reading the right to ask for it.
  DWORD access = FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES;
  if (client_end.readable) access |= GENERIC_READ;
  if (client_end.writable) access |= GENERIC_WRITE;
  const DWORD flags = client_end.overlapped ? FILE_FLAG_OVERLAPPED : 0;
  client = OwnedHandle(CreateFileW(name, access, 0, nullptr, OPEN_EXISTING, flags, nullptr));
  // The client that is there already makes waiting for one unnecessary.
  return client.is_open() ? 0 : last_windows_error();
}

}  // namespace violet
