/* The number of handles of a process, of which one is an event at least. Wine says 0: prints what
 * it says.
 *
 * x86_64-w64-mingw32-gcc-posix handle_count.c -o handle_count.exe && wine64 handle_count.exe
 */
#include <windows.h>

#include <stdio.h>

int main(void) {
  DWORD count = 0;
  CreateEventW(NULL, TRUE, FALSE, NULL);
  const BOOL told = GetProcessHandleCount(GetCurrentProcess(), &count);
  printf("told: %d, handles: %lu\n", told, count);
  return 0;
}
