#include "os/windows/console_text.h"

namespace violet {
namespace {

constexpr wchar_t kReplacement = L'\xfffd';
constexpr std::uint32_t kLastLetter = 0x10ffff;

bool is_letter(std::uint32_t letter, std::uint32_t least) {
  const bool is_surrogate = letter >= 0xd800 && letter <= 0xdfff;
  return letter >= least && letter <= kLastLetter && !is_surrogate;
}

}  // namespace

std::size_t Utf8Pieces::begin(unsigned char byte, wchar_t (&units)[kMostUnits]) {
  if (byte < 0x80) {
    units[0] = byte;
    return 1;
  }
  if (byte >= 0xc0 && byte < 0xe0) {
    letter_ = byte & 0x1fu;
    least_ = 0x80;
    missing_ = 1;
  } else if (byte >= 0xe0 && byte < 0xf0) {
    letter_ = byte & 0x0fu;
    least_ = 0x800;
    missing_ = 2;
  } else if (byte >= 0xf0 && byte < 0xf8) {
    letter_ = byte & 0x07u;
    least_ = 0x10000;
    missing_ = 3;
  } else {
    units[0] = kReplacement;
    return 1;
  }
  return 0;
}

std::size_t Utf8Pieces::add(unsigned char byte, wchar_t (&units)[kMostUnits]) {
  if (missing_ == 0) return begin(byte, units);
  if ((byte & 0xc0) != 0x80) {
    // Another one begins, or ends, too early.
    missing_ = 0;
    wchar_t next[kMostUnits];
    const std::size_t count = begin(byte, next);
    units[0] = kReplacement;
    if (count > 0) units[1] = next[0];
    return 1 + count;
  }
  letter_ = letter_ << 6 | (byte & 0x3fu);
  if (--missing_ > 0) return 0;
  if (!is_letter(letter_, least_)) {
    units[0] = kReplacement;
    return 1;
  }
  if (letter_ < 0x10000) {
    units[0] = static_cast<wchar_t>(letter_);
    return 1;
  }
  const std::uint32_t above = letter_ - 0x10000;
  units[0] = static_cast<wchar_t>(0xd800 + (above >> 10));
  units[1] = static_cast<wchar_t>(0xdc00 + (above & 0x3ff));
  return 2;
}

}  // namespace violet
