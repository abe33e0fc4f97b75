// UTF-8 that comes in pieces, as UTF-16.
#pragma once

#include <cstddef>
#include <cstdint>

namespace violet {

// A zeroed one is at the beginning of a text.
class Utf8Pieces {
 public:
  // One byte can complete two units: a malformed letter before it, and itself, which is malformed,
  // too.
  static constexpr std::size_t kMostUnits = 2;

  // Takes a byte; how many UTF-16 units are complete with it. What is no UTF-8 becomes U+FFFD.
  std::size_t add(unsigned char byte, wchar_t (&units)[kMostUnits]);

 private:
  std::size_t begin(unsigned char byte, wchar_t (&units)[kMostUnits]);

  std::uint32_t letter_ = 0;  // the bits that have come
  std::uint32_t least_ = 0;   // what its number of bytes is for
  int missing_ = 0;           // bytes that belong to it
};

}  // namespace violet
