#include "os/windows/console_interrupt.h"

namespace violet {
namespace {

// A scan code that no key has, by which our Return is told from the user's.
constexpr WORD kOurScanCode = 0x7617;
constexpr DWORD kMostRecords = 128;
constexpr DWORD kEchoesLines = ENABLE_LINE_INPUT | ENABLE_ECHO_INPUT;

}  // namespace

bool TypedReturn::is_ours(const INPUT_RECORD& record) {
  return record.EventType == KEY_EVENT && record.Event.KeyEvent.wVirtualScanCode == kOurScanCode;
}

void TypedReturn::remember_cursor() {
  DWORD mode = 0;
  // If the key is not echoed, the screen does not change.
  if (!GetConsoleMode(console_, &mode) || (mode & kEchoesLines) != kEchoesLines) return;
  screen_ = OwnedHandle(CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
                                    FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0,
                                    nullptr));
  CONSOLE_SCREEN_BUFFER_INFO screen;
  if (!GetConsoleScreenBufferInfo(screen_.get(), &screen)) return screen_.close();
  cursor_ = screen.dwCursorPosition;
  // Return on the last line scrolls the screen up by one.
  if (cursor_.Y == screen.dwSize.Y - 1 && cursor_.Y > 0) --cursor_.Y;
}

void TypedReturn::type(HANDLE console) {
  console_ = console;
  remember_cursor();
  INPUT_RECORD record = {};
  record.EventType = KEY_EVENT;
  record.Event.KeyEvent.bKeyDown = TRUE;
  record.Event.KeyEvent.wRepeatCount = 1;
  record.Event.KeyEvent.wVirtualKeyCode = VK_RETURN;
  record.Event.KeyEvent.wVirtualScanCode = kOurScanCode;
  record.Event.KeyEvent.uChar.UnicodeChar = L'\r';
  DWORD count = 0;
  WriteConsoleInputW(console_, &record, 1, &count);
}

bool TypedReturn::was_taken() {
  INPUT_RECORD records[kMostRecords];
  DWORD count = 0;
  DWORD kept = 0;
  PeekConsoleInputW(console_, records, kMostRecords, &count);
  for (DWORD i = 0; i < count; ++i) {
    if (!is_ours(records[i])) records[kept++] = records[i];
  }
  const bool was_taken = kept == count;
  if (!was_taken) {
    INPUT_RECORD gone[kMostRecords];
    ReadConsoleInputW(console_, gone, count, &count);
    if (kept > 0) WriteConsoleInputW(console_, records, kept, &count);
  } else if (screen_.is_open()) {
    SetConsoleCursorPosition(screen_.get(), cursor_);
  }
  screen_.close();
  return was_taken;
}

}  // namespace violet
