/* The program that tests start on Windows. It does what its arguments say; without any that it
 * knows it tells its arguments, and ends with 7. */
#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_text(const wchar_t* text, const char* before, const char* after) {
  char narrow[4096];
  WideCharToMultiByte(CP_UTF8, 0, text, -1, narrow, sizeof(narrow), NULL, NULL);
  printf("%s%s%s", before, narrow, after);
}

static void tell_environment(void) {
  const wchar_t* entry = GetEnvironmentStringsW();
  for (; *entry != 0; entry += wcslen(entry) + 1)
    print_text(entry, "", "\n");
}

static void tell_directory(void) {
  wchar_t directory[MAX_PATH];
  GetCurrentDirectoryW(MAX_PATH, directory);
  print_text(directory, "", "\n");
}

static void tell_arguments(int count, wchar_t** arguments) {
  int i;
  for (i = 0; i < count; ++i)
    print_text(arguments[i], "[", "]\n");
}

/* What each of the first descriptors is: a letter for each. */
static void tell_descriptors(void) {
  int number;
  for (number = 0; number < 8; ++number) {
    const HANDLE handle = (HANDLE)_get_osfhandle(number);
    DWORD mode = 0;
    char letter = '-';
    if (handle != INVALID_HANDLE_VALUE && handle != (HANDLE)-2) {
      const DWORD type = GetFileType(handle);
      letter = type == FILE_TYPE_DISK   ? 'f'
               : type == FILE_TYPE_PIPE ? 'p'
               : type == FILE_TYPE_CHAR ? (GetConsoleMode(handle, &mode) ? 'c' : 'n')
                                        : '?';
    }
    putchar(letter);
  }
}

/* From one descriptor to another, until the end. */
static int copy(int from, int to) {
  char bytes[4096];
  int count;
  _setmode(from, _O_BINARY);
  _setmode(to, _O_BINARY);
  while ((count = _read(from, bytes, sizeof(bytes))) > 0) {
    if (_write(to, bytes, (unsigned)count) != count) return 1;
  }
  return count < 0 ? 2 : 0;
}

/* Whether whoever started us, which is in the list before us, has the same console. */
static int shares_console(void) {
  DWORD processes[16];
  return GetConsoleProcessList(processes, 16) > 1;
}

static int number_of(wchar_t** arguments, int index) {
  return _wtoi(arguments[index]);
}

int main(void) {
  int count = 0;
  wchar_t** arguments = CommandLineToArgvW(GetCommandLineW(), &count);
  const wchar_t* wanted = count > 1 ? arguments[1] : L"";
  _setmode(1, _O_BINARY);
  if (wcscmp(wanted, L"--wait") == 0) {
    Sleep(60000);
  } else if (wcscmp(wanted, L"--exit") == 0) {
    ExitProcess((UINT)wcstoul(arguments[2], NULL, 0));
  } else if (wcscmp(wanted, L"--environment") == 0) {
    tell_environment();
  } else if (wcscmp(wanted, L"--directory") == 0) {
    tell_directory();
  } else if (wcscmp(wanted, L"--descriptors") == 0) {
    tell_descriptors();
  } else if (wcscmp(wanted, L"--copy") == 0) {
    return copy(number_of(arguments, 2), number_of(arguments, 3));
  } else if (wcscmp(wanted, L"--console") == 0) {
    printf(shares_console() ? "ours" : "another or none");
  } else if (wcscmp(wanted, L"--handle") == 0) {
    DWORD flags = 0;
    const HANDLE handle = (HANDLE)(ULONG_PTR)_wcstoui64(arguments[2], NULL, 0);
    printf(GetHandleInformation(handle, &flags) ? "there" : "not there");
  } else if (wcscmp(wanted, L"--descriptor-4") == 0) {
    char byte;
    const char* text = _read(3, &byte, 1) < 0 ? "here, and 3 is closed" : "3 is open";
    _write(4, text, (unsigned)strlen(text));
  } else {
    tell_arguments(count, arguments);
  }
  fflush(stdout);
  return 7;
}
