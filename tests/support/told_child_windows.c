#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "told_child.h"

static char* utf8(const wchar_t* text) {
  const int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
  char* narrow = malloc((size_t)size);
  WideCharToMultiByte(CP_UTF8, 0, text, -1, narrow, size, NULL, NULL);
  return narrow;
}

static void tell_line(const wchar_t* text) {
  char* narrow = utf8(text);
  printf("%s\n", narrow);
  free(narrow);
}

/* The C library has replaced wildcards in the arguments that it gives. */
char** begin_told_child(int* count, char** expanded) {
  wchar_t** wide = CommandLineToArgvW(GetCommandLineW(), count);
  char** arguments = calloc((size_t)*count + 1, sizeof(*arguments));
  int i;
  (void)expanded;
  for (i = 0; i < *count; ++i)
    arguments[i] = utf8(wide[i]);
  _setmode(1, _O_BINARY);
  return arguments;
}

void sleep_a_minute(void) {
  Sleep(60000);
}

void end_with(unsigned long status) {
  ExitProcess((UINT)status);
}

void tell_environment(void) {
  const wchar_t* entry = GetEnvironmentStringsW();
  for (; *entry != 0; entry += wcslen(entry) + 1)
    tell_line(entry);
}

void tell_directory(void) {
  wchar_t directory[MAX_PATH];
  GetCurrentDirectoryW(MAX_PATH, directory);
  tell_line(directory);
}

char letter_of_descriptor(int number) {
  const HANDLE handle = (HANDLE)_get_osfhandle(number);
  DWORD mode = 0;
  if (handle == INVALID_HANDLE_VALUE || handle == (HANDLE)-2) return '-';
  switch (GetFileType(handle)) {
    case FILE_TYPE_DISK:
      return 'f';
    case FILE_TYPE_PIPE:
      return 'p';
    case FILE_TYPE_CHAR:
      return GetConsoleMode(handle, &mode) ? 'c' : 'n';
    default:
      return '?';
  }
}

int read_some(int descriptor, char* bytes, int size) {
  _setmode(descriptor, _O_BINARY);
  return _read(descriptor, bytes, (unsigned)size);
}

int write_some(int descriptor, const char* bytes, int size) {
  _setmode(descriptor, _O_BINARY);
  return _write(descriptor, bytes, (unsigned)size);
}

/* Whether whoever started us, which is in the list before us, has the same console. */
static int shares_console(void) {
  DWORD processes[16];
  return GetConsoleProcessList(processes, 16) > 1;
}

static int is_there(const char* number) {
  DWORD flags = 0;
  return GetHandleInformation((HANDLE)(ULONG_PTR)_strtoui64(number, NULL, 0), &flags);
}

int obey_system_command(char** arguments) {
  const char* wanted = arguments[0] == NULL || arguments[1] == NULL ? "" : arguments[1];
  if (strcmp(wanted, "--console") == 0) {
    printf(shares_console() ? "ours" : "another or none");
  } else if (strcmp(wanted, "--handle") == 0) {
    printf(is_there(arguments[2]) ? "there" : "not there");
  } else {
    return 0;
  }
  return 1;
}
