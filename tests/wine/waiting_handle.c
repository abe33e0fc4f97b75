/* Of a handle that was opened without FILE_FLAG_OVERLAPPED Windows makes one call at a time, says
 * Microsoft ("Synchronous and Asynchronous I/O"): a write waits until a read that is under way has
 * brought something. Wine 8.0 makes them side by side: prints whether the write is over by then.
 *
 * x86_64-w64-mingw32-gcc-posix waiting_handle.c -o waiting_handle.exe && wine64 waiting_handle.exe
 */
#include <windows.h>

#include <stdio.h>

static HANDLE end;

static DWORD WINAPI read_a_byte(void* unused) {
  char byte;
  DWORD count;
  (void)unused;
  return ReadFile(end, &byte, 1, &count, NULL) ? 0 : GetLastError();
}

static DWORD WINAPI write_a_byte(void* unused) {
  DWORD count;
  (void)unused;
  return WriteFile(end, "x", 1, &count, NULL) ? 0 : GetLastError();
}

int main(void) {
  DWORD count;
  HANDLE other = CreateNamedPipeA("\\\\.\\pipe\\waiting-handle", PIPE_ACCESS_DUPLEX, 0, 1, 4096,
                                  4096, 0, NULL);
  HANDLE reading, writing;
  end = CreateFileA("\\\\.\\pipe\\waiting-handle", GENERIC_READ | GENERIC_WRITE, 0, NULL,
                    OPEN_EXISTING, 0, NULL);
  reading = CreateThread(NULL, 0, read_a_byte, NULL, 0, NULL);
  Sleep(100);
  writing = CreateThread(NULL, 0, write_a_byte, NULL, 0, NULL);
  printf("the write waits for the read: expected 1, is %d\n",
         WaitForSingleObject(writing, 500) == WAIT_TIMEOUT);
  WriteFile(other, "y", 1, &count, NULL);
  WaitForSingleObject(reading, INFINITE);
  return 0;
}
