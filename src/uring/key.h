// The 64 bits that a submission carries and its completions bring back.
#pragma once

#include <cstdint>

namespace violet {

enum class Completion : std::uint8_t {
  kNone,     // nobody waits for it
  kWake,     // the wake-up event
  kPoll,     // a channel's poll
  kReceive,  // a channel's multishot receive
  kOp,       // an op
  kFiles,    // the poll of the ring for files
};

struct Key {
  Completion kind;
  // Which of a channel's polls: it may be replaced before it completes. Of a receive: 1 when it is
  // one of datagrams.
  std::uint8_t turn;
  std::uint16_t generation;  // of the slot
  std::uint32_t slot;        // in the table of whoever gets this kind; of a receive the descriptor

  std::uint64_t packed() const {
    return std::uint64_t{static_cast<std::uint8_t>(kind)} << 56 | std::uint64_t{turn} << 48 |
           std::uint64_t{generation} << 32 | slot;
  }
  static Key unpack(std::uint64_t bits) {
    return {static_cast<Completion>(bits >> 56), static_cast<std::uint8_t>(bits >> 48),
            static_cast<std::uint16_t>(bits >> 32), static_cast<std::uint32_t>(bits)};
  }
};

}  // namespace violet
