/* GetFinalPathNameByHandleW() tells how much room a path takes, and writes it where there is
 * enough. Under Wine 8.0 it says ERROR_MORE_DATA (234) of every path with more than 260 letters.
 *
 * x86_64-w64-mingw32-gcc-posix final_path.c -o final_path.exe && wine64 final_path.exe
 */
#include <windows.h>

#include <stdio.h>
#include <wchar.h>

int main(void) {
  static wchar_t path[2000] = L"\\\\?\\";
  static wchar_t room[4000];
  HANDLE directory;
  int i;
  GetCurrentDirectoryW(1000, path + 4);
  for (i = 0; i < 5; ++i) {
    wcscat(path, L"\\aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    CreateDirectoryW(path, NULL);
  }
  directory = CreateFileW(path, 0, 7, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
  SetLastError(0);
  printf("length: %lu", GetFinalPathNameByHandleW(directory, room, 4000, 0));
  printf(", error %lu\n", GetLastError());
  CloseHandle(directory);
  for (i = 0; i < 5; ++i) {
    RemoveDirectoryW(path);
    *wcsrchr(path, L'\\') = 0;
  }
  return 0;
}
