#include "base/wtf8.h"

namespace violet {
namespace {

constexpr std::uint32_t kHighSurrogates = 0xD800;
constexpr std::uint32_t kLowSurrogates = 0xDC00;
constexpr std::uint32_t kAfterSurrogates = 0xE000;
constexpr std::uint32_t kSupplementary = 0x10000;
constexpr std::uint32_t kMaximum = 0x10FFFF;
// The lowest code point that needs each number of bytes; a longer form than needed is malformed.
constexpr std::uint32_t kLowestOfSize[] = {0, 0, 0x80, 0x800, 0x10000};

bool is_high(std::uint32_t unit) {
  return unit >= kHighSurrogates && unit < kLowSurrogates;
}

bool is_low(std::uint32_t unit) {
  return unit >= kLowSurrogates && unit < kAfterSurrogates;
}

// Takes one code point from UTF-16; a surrogate without partner stands for itself.
std::uint32_t next_of_utf16(const std::uint16_t*& units, const std::uint16_t* end) {
  std::uint32_t unit = *units++;
  if (!is_high(unit) || units == end || !is_low(*units)) return unit;
  return kSupplementary + ((unit - kHighSurrogates) << 10) + (*units++ - kLowSurrogates);
}

std::size_t size_of(std::uint32_t code_point) {
  if (code_point < 0x80) return 1;
  if (code_point < 0x800) return 2;
  return code_point < kSupplementary ? 3 : 4;
}

std::size_t size_from_first_byte(unsigned char byte) {
  if (byte < 0x80) return 1;
  if (byte < 0xC0) return 0;
  if (byte < 0xE0) return 2;
  if (byte < 0xF0) return 3;
  return byte < 0xF8 ? 4 : 0;
}

}  // namespace

std::size_t wtf8_size(const std::uint16_t* units, std::size_t count) {
  std::size_t size = 0;
  for (const std::uint16_t* end = units + count; units != end;) {
    size += size_of(next_of_utf16(units, end));
  }
  return size;
}

char* wtf8_encode(const std::uint16_t* units, std::size_t count, char* output) {
  for (const std::uint16_t* end = units + count; units != end;) {
    std::uint32_t code_point = next_of_utf16(units, end);
    std::size_t size = size_of(code_point);
    if (size == 1) {
      *output++ = static_cast<char>(code_point);
      continue;
    }
    constexpr unsigned kMarks[] = {0, 0, 0xC0, 0xE0, 0xF0};
    std::size_t shift = 6 * (size - 1);
    *output++ = static_cast<char>(kMarks[size] | (code_point >> shift));
    while (shift > 0) {
      shift -= 6;
      *output++ = static_cast<char>(0x80 | ((code_point >> shift) & 0x3F));
    }
  }
  return output;
}

std::int32_t wtf8_next(const char*& text) {
  unsigned char first = static_cast<unsigned char>(*text);
  if (first == 0) return 0;
  std::size_t size = size_from_first_byte(first);
  if (size == 0) return -1;
  std::uint32_t code_point = size == 1 ? first : first & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    unsigned char byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) return -1;  // The terminator ends here, too.
    code_point = code_point << 6 | (byte & 0x3F);
  }
  if (code_point < kLowestOfSize[size] || code_point > kMaximum) return -1;
  text += size;
  return static_cast<std::int32_t>(code_point);
}

std::ptrdiff_t utf16_size(const char* wtf8) {
  std::ptrdiff_t size = 0;
  for (std::int32_t code_point; (code_point = wtf8_next(wtf8)) != 0;) {
    if (code_point < 0) return -1;
    size += static_cast<std::uint32_t>(code_point) < kSupplementary ? 1 : 2;
  }
  return size;
}

std::size_t utf16_encode(const char* wtf8, std::uint16_t* output, std::size_t capacity) {
  std::size_t count = 0;
  for (std::int32_t next; count < capacity && (next = wtf8_next(wtf8)) > 0;) {
    std::uint32_t code_point = static_cast<std::uint32_t>(next);
    if (code_point < kSupplementary) {
      output[count++] = static_cast<std::uint16_t>(code_point);
      continue;
    }
    if (capacity - count < 2) break;
    code_point -= kSupplementary;
    output[count++] = static_cast<std::uint16_t>(kHighSurrogates + (code_point >> 10));
    output[count++] = static_cast<std::uint16_t>(kLowSurrogates + (code_point & 0x3FF));
  }
  return count;
}

}  // namespace violet
