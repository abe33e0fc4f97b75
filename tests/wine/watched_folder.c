/* ReadDirectoryChangesW() with bWatchSubtree tells of what happens in a folder below that was there
 * before, and it ends with an error when the watched folder is deleted. Under Wine 8.0 it does
 * neither.
 *
 * x86_64-w64-mingw32-gcc-posix watched_folder.c -o watched_folder.exe && wine64 watched_folder.exe
 */
#include <windows.h>

#include <stdio.h>

static DWORD buffer[1024];

static HANDLE watch(OVERLAPPED* overlapped) {
  HANDLE folder = CreateFileW(
      L"made-folder", FILE_LIST_DIRECTORY, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
      NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OVERLAPPED, NULL);
  ReadDirectoryChangesW(folder, buffer, sizeof(buffer), TRUE, FILE_NOTIFY_CHANGE_DIR_NAME, NULL,
                        overlapped, NULL);
  return folder;
}

static void print_outcome(const char* what, OVERLAPPED* overlapped) {
  printf("%s: %s\n", what,
         WaitForSingleObject(overlapped->hEvent, 2000) == WAIT_OBJECT_0 ? "told" : "not told");
  ResetEvent(overlapped->hEvent);
}

int main(void) {
  OVERLAPPED overlapped = {0};
  HANDLE folder;
  overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
  CreateDirectoryW(L"made-folder", NULL);
  CreateDirectoryW(L"made-folder\\below", NULL);
  folder = watch(&overlapped);
  CreateDirectoryW(L"made-folder\\below\\new", NULL);
  print_outcome("a change below", &overlapped);
  CloseHandle(folder);
  RemoveDirectoryW(L"made-folder\\below\\new");
  RemoveDirectoryW(L"made-folder\\below");
  ResetEvent(overlapped.hEvent);
  folder = watch(&overlapped);
  RemoveDirectoryW(L"made-folder");
  print_outcome("the folder deleted", &overlapped);
  CloseHandle(folder);
  return 0;
}
