/* A symbolic link exists once CreateSymbolicLinkW() has made it, and a directory becomes a junction
 * by FSCTL_SET_REPARSE_POINT. Under Wine 8.0 the one is not there, and the other call fails.
 *
 * x86_64-w64-mingw32-gcc-posix links.c -o links.exe && wine64 links.exe
 */
#include <windows.h>
#include <winioctl.h>

#include <stdio.h>
#include <string.h>

int main(void) {
  /* The header of a junction's data, then "\\??\\C:\\windows" and "C:\\windows", each with its end.
   */
  static const wchar_t names[] = L"\\??\\C:\\windows\0C:\\windows";
  struct {
    ULONG tag;
    USHORT size, reserved, substitute_offset, substitute_size, print_offset, print_size;
    wchar_t names[sizeof(names) / sizeof(wchar_t)];
  } junction = {IO_REPARSE_TAG_MOUNT_POINT, 8 + sizeof(names), 0, 0, 28, 30, 20, {0}};
  HANDLE directory;
  DWORD count;
  DeleteFileW(L"made-link");
  RemoveDirectoryW(L"made-junction");
  printf("CreateSymbolicLinkW: %d\n", CreateSymbolicLinkW(L"made-link", L"links.c", 2));
  printf("its attributes: %lx\n", GetFileAttributesW(L"made-link"));
  CreateDirectoryW(L"made-junction", NULL);
  directory = CreateFileW(L"made-junction", GENERIC_WRITE, 0, NULL, OPEN_EXISTING,
                          FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
  memcpy(junction.names, names, sizeof(names));
  SetLastError(0);
  printf("FSCTL_SET_REPARSE_POINT: %d",
         DeviceIoControl(directory, FSCTL_SET_REPARSE_POINT, &junction, 8 + junction.size, NULL, 0,
                         &count, NULL));
  printf(", error %lu\n", GetLastError());
  CloseHandle(directory);
  RemoveDirectoryW(L"made-junction");
  return 0;
}
