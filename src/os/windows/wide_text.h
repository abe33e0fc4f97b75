// The border between the library's texts, which are WTF-8, and the system's, which are UTF-16.
#pragma once

#include <windows.h>

#include <cstddef>

#include "base/allocator.h"
#include "os/windows/windows_error.h"
#include "uv.h"

namespace violet {

// A zero-terminated UTF-16 text. Short texts are stored inside the object.
class WideText {
 public:
  WideText() { few_[0] = L'\0'; }
  WideText(const WideText&) = delete;
  WideText& operator=(const WideText&) = delete;

  // UV_EINVAL for what is no WTF-8, UV_ENOMEM.
  int assign(const char* wtf8);
  // Makes room for `capacity` units, the terminator included, and drops the former text. Null when
  // out of memory.
  wchar_t* reserve(std::size_t capacity);

  wchar_t* get() { return text_; }
  const wchar_t* get() const { return text_; }
  std::size_t capacity() const { return capacity_; }

 private:
  static constexpr std::size_t kFew = MAX_PATH;

  wchar_t few_[kFew];
  Owned<wchar_t> many_;
  wchar_t* text_ = few_;
  std::size_t capacity_ = kFew;
};

// Fills a text by a function of Windows that takes a buffer with its capacity, and tells the length
// when the text fits, else a larger capacity that is needed, or 0 for an error. 0 or a negative
// UV_E*. Another thread may make the text longer between two calls, hence the loop.
template <typename Fill>
int fill_wide(WideText& text, Fill fill) {
  for (;;) {
    const std::size_t capacity = text.capacity();
    const DWORD length = fill(text.get(), static_cast<DWORD>(capacity));
    if (length == 0) return last_windows_error();
    if (length < capacity) return 0;
    const std::size_t needed = length > capacity ? length : 2 * capacity;
    if (text.reserve(needed + 1) == nullptr) return UV_ENOMEM;
  }
}

// Bytes that the text takes as WTF-8, without the terminator.
std::size_t narrow_size(const wchar_t* text, std::size_t length);
std::size_t narrow_size(const wchar_t* text);
// Writes the text with its terminator and returns the position behind it.
char* write_narrow(const wchar_t* text, std::size_t length, char* output);
char* write_narrow(const wchar_t* text, char* output);
// A copy for release(); null when out of memory.
char* narrow_copy(const wchar_t* text, std::size_t length);
char* narrow_copy(const wchar_t* text);
// As write_text() of os/output_text.h.
int write_wide_text(const wchar_t* text, std::size_t length, char* buffer, std::size_t* size);
int write_wide_text(const wchar_t* text, char* buffer, std::size_t* size);
// Copies as much as fits with the terminator, without cutting a letter. Returns the number of
// bytes.
std::size_t write_cut(const wchar_t* text, char* buffer, std::size_t size);

}  // namespace violet
