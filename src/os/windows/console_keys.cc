// The sequences are those of libuv's raw mode, as an independent build of it was seen to make them:
// the Linux console's for keys alone, rxvt's for function keys with modifiers, XTerm's for the
// others. (Programs that want XTerm's throughout ask for UV_TTY_MODE_RAW_VT, where the console
// makes the sequences.)
#include "os/windows/console_keys.h"

#include <cstdint>

namespace violet {
namespace {

constexpr wchar_t kEscape = L'\x1b';
constexpr DWORD kAlt = LEFT_ALT_PRESSED | RIGHT_ALT_PRESSED;
constexpr DWORD kControl = LEFT_CTRL_PRESSED | RIGHT_CTRL_PRESSED;

class KeyText {
 public:
  explicit KeyText(wchar_t (&text)[kLongestKey]) : text_(text) {}

  void add(wchar_t letter) { text_[size_++] = letter; }
  void add_number(unsigned int number) {
    if (number >= 10) add(static_cast<wchar_t>(L'0' + number / 10));
    add(static_cast<wchar_t>(L'0' + number % 10));
  }
  std::size_t size() const { return size_; }

 private:
  wchar_t (&text_)[kLongestKey];
  std::size_t size_ = 0;
};

// Keys that move the cursor end with a letter, or with a number and "~". The number block has all
// of them once more.
struct CursorKey {
  WORD key;
  WORD in_number_block;
  wchar_t letter;  // 0: none
  unsigned char number;
};

constexpr CursorKey kCursorKeys[] = {
    {VK_UP, VK_NUMPAD8, L'A', 1},      {VK_DOWN, VK_NUMPAD2, L'B', 1},
    {VK_RIGHT, VK_NUMPAD6, L'C', 1},   {VK_LEFT, VK_NUMPAD4, L'D', 1},
    {VK_CLEAR, VK_NUMPAD5, L'G', 1},   {VK_HOME, VK_NUMPAD7, L'\0', 1},
    {VK_INSERT, VK_NUMPAD0, L'\0', 2}, {VK_DELETE, VK_DECIMAL, L'\0', 3},
    {VK_END, VK_NUMPAD1, L'\0', 4},    {VK_PRIOR, VK_NUMPAD9, L'\0', 5},
    {VK_NEXT, VK_NUMPAD3, L'\0', 6},
};

// F1 to F12 alone (the first five end with a letter instead), and with Shift.
constexpr unsigned char kFunctionNumbers[] = {11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24};
constexpr unsigned char kShiftedNumbers[] = {23, 24, 25, 26, 28, 29, 31, 32, 33, 34, 23, 24};
constexpr unsigned int kFirstOfOwnEnding = 10;  // F11 and F12 have another ending with Shift
constexpr unsigned int kWithLetter = 5;

const CursorKey* cursor_key(WORD key) {
  for (const CursorKey& cursor : kCursorKeys) {
    if (cursor.key == key || cursor.in_number_block == key) return &cursor;
  }
  return nullptr;
}

// A letter is being typed by its number: with Alt, on the number block, whose keys are not marked
// as additional ones.
bool types_number(const CursorKey& key, DWORD state) {
  return (state & LEFT_ALT_PRESSED) != 0 && (state & ENHANCED_KEY) == 0 && key.key != VK_DELETE;
}

void add_cursor(const CursorKey& key, bool shift, bool control, KeyText& text) {
  text.add(L'[');
  const bool is_plain = !shift && !control;
  if (!is_plain || key.letter == 0) text.add_number(key.number);
  if (!is_plain) {
    text.add(L';');
    text.add_number(1u + (shift ? 1 : 0) + (control ? 4 : 0));
  }
  text.add(key.letter != 0 ? key.letter : L'~');
}

wchar_t ending_of(bool shift, bool control, bool has_own) {
  if (shift && has_own) return control ? L'@' : L'$';
  return control ? L'^' : L'~';
}

void add_function(unsigned int index, bool shift, bool control, KeyText& text) {
  text.add(L'[');
  if (!shift && !control && index < kWithLetter) {
    text.add(L'[');
    text.add(static_cast<wchar_t>(L'A' + index));
    return;
  }
  text.add_number(shift ? kShiftedNumbers[index] : kFunctionNumbers[index]);
  text.add(ending_of(shift, control, index >= kFirstOfOwnEnding));
}

void add_special(const KEY_EVENT_RECORD& key, KeyText& text) {
  const DWORD state = key.dwControlKeyState;
  const bool shift = (state & SHIFT_PRESSED) != 0;
  const bool control = (state & kControl) != 0;
  const CursorKey* cursor = cursor_key(key.wVirtualKeyCode);
  const bool is_function = key.wVirtualKeyCode >= VK_F1 && key.wVirtualKeyCode <= VK_F12;
  if (cursor != nullptr ? types_number(*cursor, state) : !is_function) return;
  if ((state & kAlt) != 0) text.add(kEscape);
  text.add(kEscape);
  if (cursor != nullptr) {
    add_cursor(*cursor, shift, control, text);
  } else {
    add_function(key.wVirtualKeyCode - WORD{VK_F1}, shift, control, text);
  }
}

// With Control, too, Alt is AltGr, which chooses among letters.
void add_letter(wchar_t letter, DWORD state, KeyText& text) {
  if ((state & kAlt) != 0 && (state & kControl) == 0) text.add(kEscape);
  text.add(letter);
}

// A letter that was typed by its number, which comes when Alt is let go.
bool is_typed_by_number(const KEY_EVENT_RECORD& key) {
  return !key.bKeyDown && key.wVirtualKeyCode == VK_MENU && key.uChar.UnicodeChar != 0;
}

}  // namespace

std::size_t text_of_key(const KEY_EVENT_RECORD& key, bool translated,
                        wchar_t (&text)[kLongestKey]) {
  KeyText made(text);
  const wchar_t letter = key.uChar.UnicodeChar;
  if (!key.bKeyDown && !is_typed_by_number(key)) return 0;
  if (letter != 0) {
    add_letter(letter, translated ? 0 : key.dwControlKeyState, made);
  } else if (!translated) {
    add_special(key, made);
  }
  return made.size();
}

}  // namespace violet
