// Consoles. Input and output are two things with a handle each; the modes of a terminal are those
// of its input.
#include "os/tty.h"

#include <windows.h>

#include "os/shared/remembered_terminal.h"
#include "os/windows/console_output.h"
#include "os/windows/console_reader.h"
#include "os/windows/owned_handle.h"
#include "os/windows/windows_error.h"
#include "uv.h"

namespace violet {
namespace {

// ENABLE_VIRTUAL_TERMINAL_INPUT, which older headers lack.
constexpr DWORD kEscapeSequences = 0x0200;
// The user's choices about insert and quick-edit mode stay.
constexpr DWORD kKeptInRawMode =
    ENABLE_EXTENDED_FLAGS | ENABLE_QUICK_EDIT_MODE | ENABLE_INSERT_MODE;

constexpr uv_file kLastStandardFile = 2;

RememberedTerminal remembered;

bool is_input(HANDLE console) {
  DWORD count = 0;
  return GetNumberOfConsoleInputEvents(console, &count) != 0;
}

// The screen of the console to which the handle belongs. For a handle of the console's input its
// output is opened.
bool screen_of(HANDLE console, CONSOLE_SCREEN_BUFFER_INFO& screen) {
  if (GetConsoleScreenBufferInfo(console, &screen)) return true;
  OwnedHandle output(CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
                                 FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0,
                                 nullptr));
  return output.is_open() && GetConsoleScreenBufferInfo(output.get(), &screen);
}

}  // namespace

int open_terminal(uv_file file, OpenedTerminal& opened) {
  const Descriptor given = descriptor_of_file(file);
  DWORD mode = 0;
  // UV_EBADF for any file that is no console, as the system's calls answer.
  if (!given.is_open() || !GetConsoleMode(system_handle(given), &mode)) return UV_EBADF;
  opened.readable = is_input(system_handle(given));
  opened.writable = !opened.readable;
  opened.redirected = false;
  if (opened.writable) prepare_console_output(system_handle(given));
  // Standard input and output belong to the whole program. Any other descriptor is closed with the
  // terminal's handle (libuv 1.40 was asked).
  if (file <= kLastStandardFile) return duplicate_descriptor(given, opened.own);
  if (int error = take_over_file(file); error != 0) return error;
  opened.own = OwnedDescriptor(given);
  return 0;
}

int get_terminal_settings(Descriptor terminal, TerminalSettings& settings) {
  return GetConsoleMode(system_handle(terminal), &settings.mode) ? 0 : last_windows_error();
}

int apply_terminal_mode(Descriptor terminal, const TerminalSettings& normal, int mode) {
  const HANDLE console = system_handle(terminal);
  DWORD wanted = normal.mode;
  switch (mode) {
    case UV_TTY_MODE_NORMAL:
      break;
    case UV_TTY_MODE_RAW:
      wanted = (normal.mode & kKeptInRawMode) | ENABLE_WINDOW_INPUT;
      break;
    case UV_TTY_MODE_RAW_VT:
      wanted = (normal.mode & kKeptInRawMode) | ENABLE_WINDOW_INPUT | kEscapeSequences;
      break;
    case UV_TTY_MODE_IO:
      return UV_ENOTSUP;
    default:
      return UV_EINVAL;
  }
  if (!is_input(console)) return UV_EINVAL;
  DWORD now = 0;
  if (GetConsoleMode(console, &now) && now == wanted) return 0;
  ConsoleReadersPaused paused;
  return SetConsoleMode(console, wanted) ? 0 : last_windows_error();
}

int terminal_window_size(Descriptor terminal, int& columns, int& rows) {
  CONSOLE_SCREEN_BUFFER_INFO screen;
  if (!screen_of(system_handle(terminal), screen)) return last_windows_error();
  columns = screen.srWindow.Right - screen.srWindow.Left + 1;
  rows = screen.srWindow.Bottom - screen.srWindow.Top + 1;
  return 0;
}

int remember_terminal(Descriptor terminal, const TerminalSettings& settings) {
  // Only the modes of the input are restored.
  return is_input(system_handle(terminal)) ? remembered.remember(terminal, settings) : 0;
}

int reset_terminal() {
  return remembered.reset([](Descriptor terminal, const TerminalSettings& settings) {
    return SetConsoleMode(system_handle(terminal), settings.mode) ? 0 : last_windows_error();
  });
}

}  // namespace violet
