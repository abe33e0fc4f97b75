// What the engine remembers of a channel and of an op while the kernel works for them. Completions
// name records by slot and generation, so that one that comes after its channel is gone finds
// nobody.
#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include <cstddef>
#include <cstdint>

#include "base/allocator.h"
#include "base/array.h"
#include "engine.h"

namespace violet {

class BufferRing;

enum class Completion : std::uint8_t {
  kNone,     // nobody waits for it
  kWake,     // the wake-up event
  kPoll,     // a channel's poll
  kReceive,  // a channel's multishot receive
  kAccept,   // a channel's multishot accept
  kOp,       // an op
  kFiles,    // the poll of the ring for files
};

// The 64 bits a submission carries and its completions bring back.
struct Key {
  Completion kind;
  std::uint8_t turn;         // which of a channel's polls: it may be replaced before it completes
  std::uint16_t generation;  // of the slot
  std::uint32_t slot;

  std::uint64_t packed() const {
    return std::uint64_t{static_cast<std::uint8_t>(kind)} << 56 | std::uint64_t{turn} << 48 |
           std::uint64_t{generation} << 32 | slot;
  }
  static Key unpack(std::uint64_t bits) {
    return {static_cast<Completion>(bits >> 56), static_cast<std::uint8_t>(bits >> 48),
            static_cast<std::uint16_t>(bits >> 32), static_cast<std::uint32_t>(bits)};
  }
};

// Bytes, one datagram behind the kernel's header of it, or one accepted socket, that came before
// anybody asked. Chained in order of arrival.
struct Chunk {
  static constexpr std::uint16_t kNoBuffer = UINT16_MAX;

  Chunk* next;
  char* bytes;  // what is left of them
  std::uint32_t length;
  std::uint16_t buffer;  // where they lie in the buffer ring; kNoBuffer: in `heap`
  Descriptor accepted;   // kNoDescriptor for bytes
  char* heap = nullptr;
};

// One multishot request in the kernel.
enum class Multishot : std::uint8_t {
  kOff,
  kArmed,
  kStopping,  // a cancel is on its way; the last completion has not come
};

struct ChannelRecord {
  Channel* channel;     // null: forgotten, but the kernel still holds requests for it
  BufferRing* buffers;  // that it receives ahead into
  Chunk* first;
  Chunk* last;
  std::int32_t end;  // what comes after the chunks: 0, UV_EOF or an error
  std::uint32_t slot;
  std::uint32_t in_kernel;  // requests whose last completion has not come
  std::uint16_t generation;
  std::uint8_t poll_turn;
  Events polled;  // what the current poll waits for; none: no poll
  // The peer has shut down its writing side, which the kernel reports unasked. A poll for something
  // else would end at once each time, so it waits for changes (multishot).
  bool polls_changes;
  Multishot receive;
  Multishot accept;
  std::uint16_t direct_reads;  // a bulk stream's, left until we receive ahead again
  ListNode deliverable;  // in the engine's list, while its owner wants what there is to deliver

  bool has_news() const { return first != nullptr || end != 0; }
  // Copied bytes go first. Whoever has some is read slowly, and receives no more before they are
  // taken: that bounds them.
  bool has_copies() const { return first != nullptr && first->buffer == Chunk::kNoBuffer; }
  // A stream from which bytes had to be thrown away: those behind them are worth nothing.
  bool lost_bytes() const { return end != 0 && !channel->has_datagrams(); }
  // For another channel. Keeps slot and generation.
  void begin() {
    const std::uint32_t kept_slot = slot;
    const std::uint16_t kept_generation = generation;
    *this = {};
    slot = kept_slot;
    generation = kept_generation;
  }
};

enum class OpStage : std::uint8_t {
  kFree,
  kWorking,    // the kernel does the work
  kPolling,    // waits for writability; then the owner submits again
  kCancelled,  // was working when a cancel was sent after it
  kAbandoned,  // was polling when it was cancelled: nobody waits for its completion
};

// Room for a copy of what the kernel reads while an op lasts.
struct OpRecord {
  static constexpr unsigned int kInlineBuffers = 8;

  Op* op;
  std::uint32_t slot;
  std::uint16_t generation;
  OpStage stage;
  iovec* vector;  // inline_vector, or from the heap
  msghdr message;
  iovec inline_vector[kInlineBuffers];
  alignas(8) unsigned char control[CMSG_SPACE(sizeof(int))];

  // For another op. The large members are written before they are used: most ops are sends of one
  // buffer, which touch the first cache line only.
  void begin() {
    op = nullptr;
    stage = OpStage::kFree;
    vector = inline_vector;
  }
};

// Slots that keep their addresses; a freed one comes back with the next generation.
template <typename Record>
class SlotTable {
 public:
  ~SlotTable() {
    for (std::size_t i = 0; i < records_.size(); ++i)
      destroy(records_[i]);
  }

  // Null when out of memory.
  Record* take() {
    if (!free_.empty()) {
      std::uint32_t slot = free_.back();
      free_.pop_back();
      return begun(*records_[slot]);
    }
    // Room to free every slot later, so that giving one back cannot fail.
    if (!records_.reserve_one_more() || !free_.reserve(records_.capacity())) return nullptr;
    Record* record = create<Record>(Record{});
    if (record == nullptr) return nullptr;
    record->slot = static_cast<std::uint32_t>(records_.size());
    records_.push_back(record);
    return begun(*record);
  }

  void give_back(Record& record) {
    ++record.generation;
    free_.push_back(record.slot);
  }

  template <typename Visit>
  void for_each(Visit visit) {
    for (std::size_t i = 0; i < records_.size(); ++i)
      visit(*records_[i]);
  }

  // Of a slot that is in use.
  Record& at(std::uint32_t slot) { return *records_[slot]; }

  // Null when the slot has moved on to another generation.
  Record* find(const Key& key) {
    if (key.slot >= records_.size()) return nullptr;
    Record* record = records_[key.slot];
    return record->generation == key.generation ? record : nullptr;
  }

 private:
  static Record* begun(Record& record) {
    record.begin();
    return &record;
  }

  Array<Record*> records_;
  Array<std::uint32_t> free_;
};

}  // namespace violet
