// The sequences are those that consoles send by themselves where they are asked to: "Console
// Virtual Terminal Sequences, Input Sequences" of Microsoft, and "XTerm Control Sequences, PC-Style
// Function Keys" for what it leaves out.
#include "os/windows/console_keys.h"

namespace violet {
namespace {

constexpr wchar_t kEscape = L'\x1b';

// A letter at the end of "ESC [", with which modifiers come as "1;n" before it; those of the first
// four function keys come behind "ESC O" instead. Or a number before "~".
struct SpecialKey {
  WORD key;
  wchar_t letter;  // 0: none
  unsigned char number;
};

constexpr SpecialKey kSpecialKeys[] = {
    {VK_UP, L'A', 0},    {VK_DOWN, L'B', 0}, {VK_RIGHT, L'C', 0}, {VK_LEFT, L'D', 0},
    {VK_CLEAR, L'E', 0}, {VK_END, L'F', 0},  {VK_HOME, L'H', 0},  {VK_F1, L'P', 0},
    {VK_F2, L'Q', 0},    {VK_F3, L'R', 0},   {VK_F4, L'S', 0},    {VK_INSERT, 0, 2},
    {VK_DELETE, 0, 3},   {VK_PRIOR, 0, 5},   {VK_NEXT, 0, 6},     {VK_F5, 0, 15},
    {VK_F6, 0, 17},      {VK_F7, 0, 18},     {VK_F8, 0, 19},      {VK_F9, 0, 20},
    {VK_F10, 0, 21},     {VK_F11, 0, 23},    {VK_F12, 0, 24},
};

constexpr DWORD kAlt = LEFT_ALT_PRESSED | RIGHT_ALT_PRESSED;
constexpr DWORD kControl = LEFT_CTRL_PRESSED | RIGHT_CTRL_PRESSED;

// As the sequences count them: 1 is none.
int modifiers_of(DWORD state) {
  return 1 + ((state & SHIFT_PRESSED) != 0 ? 1 : 0) + ((state & kAlt) != 0 ? 2 : 0) +
         ((state & kControl) != 0 ? 4 : 0);
}

// AltGr is told as Alt and Control, and its letters have nothing to do with either.
bool makes_letters(DWORD state) {
  return (state & RIGHT_ALT_PRESSED) != 0 && (state & LEFT_CTRL_PRESSED) != 0;
}

class KeyText {
 public:
  explicit KeyText(wchar_t (&text)[kLongestKey]) : text_(text) {}

  void add(wchar_t letter) { text_[size_++] = letter; }
  void add_number(int number) {
    if (number >= 10) add(static_cast<wchar_t>(L'0' + number / 10));
    add(static_cast<wchar_t>(L'0' + number % 10));
  }
  std::size_t size() const { return size_; }

 private:
  wchar_t (&text_)[kLongestKey];
  std::size_t size_ = 0;
};

const SpecialKey* special_key(WORD key) {
  for (const SpecialKey& special : kSpecialKeys) {
    if (special.key == key) return &special;
  }
  return nullptr;
}

void add_special(const SpecialKey& key, int modifiers, KeyText& text) {
  const bool is_plain = modifiers == 1;
  const bool is_function = key.letter >= L'P';
  text.add(kEscape);
  text.add(is_plain && is_function ? L'O' : L'[');
  if (key.number != 0) {
    text.add_number(key.number);
  } else if (!is_plain) {
    text.add(L'1');
  }
  if (!is_plain) {
    text.add(L';');
    text.add_number(modifiers);
  }
  text.add(key.letter != 0 ? key.letter : L'~');
}

// A letter that was typed by its number, which comes when Alt is let go.
bool is_typed_by_number(const KEY_EVENT_RECORD& key) {
  return !key.bKeyDown && key.wVirtualKeyCode == VK_MENU && key.uChar.UnicodeChar != 0;
}

void add_letter(wchar_t letter, DWORD state, KeyText& text) {
  if ((state & kAlt) != 0 && !makes_letters(state)) text.add(kEscape);
  text.add(letter);
}

}  // namespace

std::size_t text_of_key(const KEY_EVENT_RECORD& key, bool translated,
                        wchar_t (&text)[kLongestKey]) {
  KeyText made(text);
  const wchar_t letter = key.uChar.UnicodeChar;
  if (is_typed_by_number(key)) {
    made.add(letter);
  } else if (!key.bKeyDown) {
    return 0;
  } else if (translated) {
    if (letter != 0 || key.wVirtualKeyCode == VK_SPACE) made.add(letter);
  } else if (const SpecialKey* special = special_key(key.wVirtualKeyCode);
             special != nullptr && letter == 0) {
    add_special(*special, modifiers_of(key.dwControlKeyState), made);
  } else if (key.wVirtualKeyCode == VK_TAB && (key.dwControlKeyState & SHIFT_PRESSED) != 0) {
    made.add(kEscape);
    made.add(L'[');
    made.add(L'Z');
  } else if (letter != 0) {
    add_letter(letter, key.dwControlKeyState, made);
  } else if (key.wVirtualKeyCode == VK_SPACE || key.wVirtualKeyCode == '2') {
    // The zero byte: Control with the space bar, or with 2.
    if ((key.dwControlKeyState & kControl) != 0) add_letter(L'\0', key.dwControlKeyState, made);
  }
  return made.size();
}

}  // namespace violet
