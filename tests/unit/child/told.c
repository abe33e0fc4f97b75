/* Started by spawn_windows_test.cc: tells what it was started with. Ends with 7. */
#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <string.h>

static void print_text(const wchar_t* text, const char* before, const char* after) {
  char narrow[4096];
  WideCharToMultiByte(CP_UTF8, 0, text, -1, narrow, sizeof(narrow), NULL, NULL);
  printf("%s%s%s", before, narrow, after);
}

int main(void) {
  int count = 0;
  wchar_t** arguments = CommandLineToArgvW(GetCommandLineW(), &count);
  const wchar_t* wanted = count > 1 ? arguments[1] : L"";
  _setmode(1, _O_BINARY);
  if (wcscmp(wanted, L"--wait") == 0) {
    Sleep(60000);
  } else if (wcscmp(wanted, L"--environment") == 0) {
    const wchar_t* entry = GetEnvironmentStringsW();
    for (; *entry != 0; entry += wcslen(entry) + 1)
      print_text(entry, "", "\n");
  } else if (wcscmp(wanted, L"--directory") == 0) {
    wchar_t directory[MAX_PATH];
    GetCurrentDirectoryW(MAX_PATH, directory);
    print_text(directory, "", "\n");
  } else if (wcscmp(wanted, L"--descriptor-4") == 0) {
    char byte;
    const char* text = _read(3, &byte, 1) < 0 ? "here, and 3 is closed" : "3 is open";
    _write(4, text, (unsigned)strlen(text));
  } else {
    int i;
    for (i = 0; i < count; ++i)
      print_text(arguments[i], "[", "]\n");
  }
  fflush(stdout);
  return 7;
}
