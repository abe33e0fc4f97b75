/* A process that opens ten handles has ten more than before. Wine says otherwise: prints both
 * counts.
 *
 * x86_64-w64-mingw32-gcc-posix handle_count.c -o handle_count.exe && wine64 handle_count.exe
 */
#include <windows.h>

#include <stdio.h>

int main(void) {
  DWORD before = 0;
  DWORD after = 0;
  int i;
  GetProcessHandleCount(GetCurrentProcess(), &before);
  for (i = 0; i < 10; ++i)
    CreateEventW(NULL, FALSE, FALSE, NULL);
  GetProcessHandleCount(GetCurrentProcess(), &after);
  printf("GetProcessHandleCount: %lu, then %lu\n", before, after);
  return 0;
}
