/* What Microsoft says of named pipes, and Wine 8.0 does otherwise. Prints for each what is expected
 * and what happens:
 * a first instance of a name that is taken is refused; a new instance can be disconnected; the room
 * for writing is told; a wait for an instance can be cancelled.
 *
 * x86_64-w64-mingw32-gcc-posix pipes.c -o pipes.exe -lntdll && wine64 pipes.exe
 */
#include <windows.h>

#include <winternl.h>

#include <stdio.h>
#include <string.h>

static const wchar_t kName[] = L"\\\\.\\pipe\\wine-fault";

static HANDLE new_instance(DWORD flags) {
  return CreateNamedPipeW(kName, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | flags, PIPE_TYPE_BYTE,
                          PIPE_UNLIMITED_INSTANCES, 65536, 65536, 0, NULL);
}

/* FilePipeLocalInformation. */
struct local_information {
  ULONG type, configuration, maximum_instances, current_instances, inbound_quota, available;
  ULONG outbound_quota, write_quota_available, state, end;
};

/* FSCTL_PIPE_WAIT. */
struct wait_argument {
  LARGE_INTEGER timeout;
  ULONG name_size;
  BOOLEAN has_timeout;
  wchar_t name[16];
};

static ULONG room_for_writing(HANDLE pipe) {
  IO_STATUS_BLOCK block;
  struct local_information information = {0};
  NtQueryInformationFile(pipe, &block, &information, sizeof(information),
                         (FILE_INFORMATION_CLASS)24);
  return information.write_quota_available;
}

static BOOL cancel_a_wait(void) {
  HANDLE root = CreateFileW(L"\\\\.\\pipe\\", FILE_READ_ATTRIBUTES | SYNCHRONIZE,
                            FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                            FILE_FLAG_OVERLAPPED, NULL);
  struct wait_argument argument = {0};
  static OVERLAPPED overlapped;
  argument.timeout.QuadPart = -50000000;
  argument.has_timeout = TRUE;
  wcscpy(argument.name, L"wine-fault");
  argument.name_size = 10 * sizeof(wchar_t);
  NtFsControlFile(root, NULL, NULL, &overlapped, (IO_STATUS_BLOCK*)&overlapped, 0x110018, &argument,
                  14 + argument.name_size, NULL, 0);
  return CancelIoEx(root, &overlapped);
}

int main(void) {
  HANDLE first = new_instance(FILE_FLAG_FIRST_PIPE_INSTANCE);
  HANDLE second = new_instance(FILE_FLAG_FIRST_PIPE_INSTANCE);
  HANDLE client;
  printf("a second first instance: expected 0, is %d\n", second != INVALID_HANDLE_VALUE);
  if (second != INVALID_HANDLE_VALUE) CloseHandle(second);
  printf("disconnecting a new instance: expected 1, is %d\n", DisconnectNamedPipe(first));
  CloseHandle(first);
  first = new_instance(0);
  client = CreateFileW(kName, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING,
                       FILE_FLAG_OVERLAPPED, NULL);
  printf("room for writing: expected 65536, is %lu\n", room_for_writing(first));
  printf("cancelling a wait for an instance: expected 1, is %d\n", cancel_a_wait());
  CloseHandle(client);
  return 0;
}
