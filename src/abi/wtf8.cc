#include "base/wtf8.h"

#include "base/allocator.h"
#include "uv.h"

namespace {

std::size_t unit_count(const std::uint16_t* units, ssize_t length) {
  if (length >= 0) return static_cast<std::size_t>(length);
  std::size_t count = 0;
  while (units[count] != 0)
    ++count;
  return count;
}

}  // namespace

size_t uv_utf16_length_as_wtf8(const uint16_t* utf16, ssize_t length) {
  return violet::wtf8_size(utf16, unit_count(utf16, length));
}

int uv_utf16_to_wtf8(const uint16_t* utf16, ssize_t length, char** wtf8, size_t* wtf8_length) {
  std::size_t count = unit_count(utf16, length);
  std::size_t size = violet::wtf8_size(utf16, count);
  if (wtf8 == nullptr) {
    if (wtf8_length == nullptr) return UV_EINVAL;
    *wtf8_length = size;
    return 0;
  }
  if (*wtf8 == nullptr) {
    *wtf8 = static_cast<char*>(violet::allocate(size + 1));
    if (*wtf8 == nullptr) return UV_ENOMEM;
  } else if (wtf8_length == nullptr) {
    return UV_EINVAL;
  } else if (*wtf8_length <= size) {
    *wtf8_length = size + 1;
    return UV_ENOBUFS;
  }
  *violet::wtf8_encode(utf16, count, *wtf8) = '\0';
  if (wtf8_length != nullptr) *wtf8_length = size;
  return 0;
}

ssize_t uv_wtf8_length_as_utf16(const char* wtf8) {
  std::ptrdiff_t size = violet::utf16_size(wtf8);
  if (size < 0) return UV_EINVAL;
  return size + 1;
}

void uv_wtf8_to_utf16(const char* wtf8, uint16_t* utf16, size_t length) {
  if (length == 0) return;
  utf16[violet::utf16_encode(wtf8, utf16, length - 1)] = 0;
}
