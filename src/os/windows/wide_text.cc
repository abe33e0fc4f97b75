#include "os/windows/wide_text.h"

#include <cstring>
#include <cwchar>

#include "base/wtf8.h"
#include "os/output_text.h"
#include "uv.h"

namespace violet {
namespace {

static_assert(sizeof(wchar_t) == sizeof(std::uint16_t));

const std::uint16_t* units(const wchar_t* text) {
  return reinterpret_cast<const std::uint16_t*>(text);
}

}  // namespace

int WideText::assign(const char* wtf8) {
  const std::ptrdiff_t length = utf16_size(wtf8);
  if (length < 0) return UV_EINVAL;
  const std::size_t count = static_cast<std::size_t>(length);
  if (reserve(count + 1) == nullptr) return UV_ENOMEM;
  utf16_encode(wtf8, reinterpret_cast<std::uint16_t*>(text_), count);
  text_[count] = L'\0';
  return 0;
}

wchar_t* WideText::reserve(std::size_t capacity) {
  if (capacity <= capacity_) return text_;
  Owned<wchar_t> grown(static_cast<wchar_t*>(allocate(capacity * sizeof(wchar_t))));
  if (!grown) return nullptr;
  many_ = static_cast<Owned<wchar_t>&&>(grown);
  text_ = many_.get();
  capacity_ = capacity;
  return text_;
}

std::size_t narrow_size(const wchar_t* text, std::size_t length) {
  return wtf8_size(units(text), length);
}

std::size_t narrow_size(const wchar_t* text) {
  return narrow_size(text, std::wcslen(text));
}

char* write_narrow(const wchar_t* text, std::size_t length, char* output) {
  char* end = wtf8_encode(units(text), length, output);
  *end = '\0';
  return end + 1;
}

char* write_narrow(const wchar_t* text, char* output) {
  return write_narrow(text, std::wcslen(text), output);
}

char* narrow_copy(const wchar_t* text, std::size_t length) {
  char* copy = static_cast<char*>(allocate(narrow_size(text, length) + 1));
  if (copy != nullptr) write_narrow(text, length, copy);
  return copy;
}

char* narrow_copy(const wchar_t* text) {
  return narrow_copy(text, std::wcslen(text));
}

int write_wide_text(const wchar_t* text, std::size_t length, char* buffer, std::size_t* size) {
  const std::size_t needed = narrow_size(text, length);
  if (needed >= *size) {
    *size = needed + 1;
    return UV_ENOBUFS;
  }
  write_narrow(text, length, buffer);
  *size = needed;
  return 0;
}

int write_wide_text(const wchar_t* text, char* buffer, std::size_t* size) {
  return write_wide_text(text, std::wcslen(text), buffer, size);
}

std::size_t write_cut(const wchar_t* text, char* buffer, std::size_t size) {
  std::size_t length = std::wcslen(text);
  while (narrow_size(text, length) >= size)
    --length;
  write_narrow(text, length, buffer);
  return narrow_size(text, length);
}

}  // namespace violet
