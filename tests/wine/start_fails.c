/* CreateProcessW() of a program that is there works. Under Debian's Wine 8.0 one start in thousands
 * fails with error 1359 (ERROR_INTERNAL_ERROR), and works when it is tried again: wine64 lies at
 * 0x7d000000, the kernel puts its heap up to 1 GiB above, and where that covers 0x7ffe0000 Wine has
 * no place for a page that it needs there ("failed to map the shared user data"). None fails where
 * addresses are not random. A heap of 32 MiB shows it sooner. Prints how many starts failed.
 *
 * x86_64-w64-mingw32-gcc-posix start_fails.c -o start_fails.exe
 * export GLIBC_TUNABLES=glibc.malloc.top_pad=33554432
 * wine64 start_fails.exe && setarch -R wine64 start_fails.exe
 */
#include <windows.h>

#include <stdio.h>

enum { kStarts = 200 };

static DWORD start(const wchar_t* program) {
  STARTUPINFOW settings = {0};
  PROCESS_INFORMATION made;
  wchar_t command[] = L"start_fails ends";
  settings.cb = sizeof(settings);
  if (!CreateProcessW(program, command, NULL, NULL, FALSE, 0, NULL, NULL, &settings, &made)) {
    return GetLastError();
  }
  WaitForSingleObject(made.hProcess, INFINITE);
  CloseHandle(made.hThread);
  CloseHandle(made.hProcess);
  return 0;
}

int main(int count, char** arguments) {
  wchar_t program[MAX_PATH];
  DWORD error, last = 0;
  int failed = 0, failed_again = 0, i;
  (void)arguments;
  if (count > 1) return 0;
  GetModuleFileNameW(NULL, program, MAX_PATH);
  for (i = 0; i < kStarts; ++i) {
    error = start(program);
    if (error == 0) continue;
    last = error;
    ++failed;
    if (start(program) != 0) ++failed_again;
  }
  printf("%d of %d starts failed, the last with error %lu; %d failed once more\n", failed, kStarts,
         last, failed_again);
  return 0;
}
