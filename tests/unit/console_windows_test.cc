// What consoles send and take, as text: no console is needed.
#include <gtest/gtest.h>

#include <string>

#include "os/windows/console_keys.h"
#include "os/windows/console_text.h"

namespace violet {
namespace {

std::wstring text_of(WORD key, wchar_t letter, DWORD state, bool translated = false,
                     bool is_down = true) {
  KEY_EVENT_RECORD record = {};
  record.bKeyDown = is_down ? TRUE : FALSE;
  record.wRepeatCount = 1;
  record.wVirtualKeyCode = key;
  record.uChar.UnicodeChar = letter;
  record.dwControlKeyState = state;
  wchar_t text[kLongestKey];
  return {text, text_of_key(record, translated, text)};
}

TEST(ConsoleKeys, LettersAreThemselves) {
  EXPECT_EQ(L"a", text_of('A', L'a', 0));
  EXPECT_EQ(L"\xe4", text_of(VK_OEM_7, L'\xe4', 0));
  EXPECT_EQ(L"\r", text_of(VK_RETURN, L'\r', 0));
  EXPECT_EQ(L"\t", text_of(VK_TAB, L'\t', SHIFT_PRESSED));
  EXPECT_EQ(L"\x3", text_of('C', L'\x3', LEFT_CTRL_PRESSED));
  EXPECT_EQ(
      L"\x1b"
      L"a",
      text_of('A', L'a', LEFT_ALT_PRESSED));
  EXPECT_EQ(L"@", text_of('Q', L'@', RIGHT_ALT_PRESSED | LEFT_CTRL_PRESSED)) << "AltGr";
  EXPECT_EQ(L"1", text_of(VK_NUMPAD1, L'1', NUMLOCK_ON));
  EXPECT_EQ(L"", text_of('A', L'a', 0, false, false)) << "let go";
  EXPECT_EQ(L"", text_of(VK_SHIFT, 0, SHIFT_PRESSED));
  EXPECT_EQ(L"\xe9", text_of(VK_MENU, L'\xe9', 0, false, false)) << "typed by its number";
}

constexpr DWORD kShift = SHIFT_PRESSED;
constexpr DWORD kControl = LEFT_CTRL_PRESSED;
constexpr DWORD kAlt = LEFT_ALT_PRESSED | ENHANCED_KEY;

// As libuv 1.40's own build for Windows was seen to make them.
TEST(ConsoleKeys, CursorKeysAreSequences) {
  EXPECT_EQ(L"\x1b[A", text_of(VK_UP, 0, ENHANCED_KEY));
  EXPECT_EQ(L"\x1b[D", text_of(VK_NUMPAD4, 0, 0));
  EXPECT_EQ(L"\x1b[G", text_of(VK_CLEAR, 0, 0));
  EXPECT_EQ(L"\x1b[1~", text_of(VK_HOME, 0, 0));
  EXPECT_EQ(L"\x1b[4;5~", text_of(VK_END, 0, RIGHT_CTRL_PRESSED));
  EXPECT_EQ(L"\x1b[1;2B", text_of(VK_DOWN, 0, kShift));
  EXPECT_EQ(L"\x1b[1;6C", text_of(VK_RIGHT, 0, kShift | kControl));
  EXPECT_EQ(L"\x1b[2~", text_of(VK_INSERT, 0, 0));
  EXPECT_EQ(L"\x1b\x1b[3;6~", text_of(VK_DELETE, 0, kShift | kControl | kAlt)) << "the longest";
  EXPECT_EQ(L"\x1b\x1b[A", text_of(VK_UP, 0, kAlt));
  EXPECT_EQ(L"", text_of(VK_UP, 0, LEFT_ALT_PRESSED)) << "8 of a number";
  EXPECT_EQ(L"\x1b\x1b[3~", text_of(VK_DECIMAL, 0, LEFT_ALT_PRESSED));
}

TEST(ConsoleKeys, FunctionKeysAreSequences) {
  EXPECT_EQ(L"\x1b[[A", text_of(VK_F1, 0, 0));
  EXPECT_EQ(L"\x1b[[E", text_of(VK_F5, 0, 0));
  EXPECT_EQ(L"\x1b[17~", text_of(VK_F6, 0, 0));
  EXPECT_EQ(L"\x1b[24~", text_of(VK_F12, 0, 0));
  EXPECT_EQ(L"\x1b[28~", text_of(VK_F5, 0, kShift));
  EXPECT_EQ(L"\x1b[34~", text_of(VK_F10, 0, kShift));
  EXPECT_EQ(L"\x1b[23$", text_of(VK_F11, 0, kShift));
  EXPECT_EQ(L"\x1b[11^", text_of(VK_F1, 0, kControl));
  EXPECT_EQ(L"\x1b[24^", text_of(VK_F12, 0, kControl));
  EXPECT_EQ(L"\x1b[23^", text_of(VK_F1, 0, kShift | kControl));
  EXPECT_EQ(L"\x1b[24@", text_of(VK_F12, 0, kShift | kControl));
  EXPECT_EQ(L"\x1b\x1b[[B", text_of(VK_F2, 0, LEFT_ALT_PRESSED));
  EXPECT_EQ(L"", text_of(VK_F13, 0, 0));
}

TEST(ConsoleKeys, WhatTheConsoleTranslatesIsLeftAsItIs) {
  EXPECT_EQ(L"\x1b", text_of(0, L'\x1b', 0, true));
  EXPECT_EQ(L"a", text_of('A', L'a', LEFT_ALT_PRESSED, true)) << "Escape has come before";
  EXPECT_EQ(L"", text_of(VK_UP, 0, 0, true));
}

std::wstring in_pieces(const std::string& text) {
  Utf8Pieces pieces;
  std::wstring all;
  for (char byte : text) {
    wchar_t units[Utf8Pieces::kMostUnits];
    all.append(units, pieces.add(static_cast<unsigned char>(byte), units));
  }
  return all;
}

TEST(ConsoleText, LettersAreUtf16) {
  EXPECT_EQ(L"a\xe4\x20ac", in_pieces("a\xc3\xa4\xe2\x82\xac"));
  EXPECT_EQ(L"\xd83d\xde00", in_pieces("\xf0\x9f\x98\x80"));
  EXPECT_EQ(L"", in_pieces("\xe2\x82")) << "more may come";
}

TEST(ConsoleText, WhatIsNoTextIsReplaced) {
  EXPECT_EQ(L"\xfffd\xfffdz", in_pieces("\xff\x80z"));
  EXPECT_EQ(L"\xfffdz", in_pieces("\xe2\x82z")) << "cut";
  EXPECT_EQ(L"\xfffd\xe4", in_pieces("\xe2\xc3\xa4")) << "another letter begins";
  EXPECT_EQ(L"\xfffd", in_pieces("\xc0\x80")) << "too long";
  EXPECT_EQ(L"\xfffd", in_pieces("\xed\xa0\x80")) << "half a letter";
  EXPECT_EQ(L"\xfffd", in_pieces("\xf4\x90\x80\x80")) << "too large";
}

}  // namespace
}  // namespace violet
