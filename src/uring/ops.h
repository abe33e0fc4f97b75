// Ops: connects and writes, put into the submission queue and sent with the next wait.
#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include <cstdint>

#include "base/array.h"
#include "engine.h"
#include "uring/ring.h"
#include "uring/slot_table.h"

namespace violet {

enum class OpStage : std::uint8_t {
  kFree,
  kSending,    // the kernel does the work
  kPolling,    // waits for writability; then the owner submits again
  kCancelled,  // was sending when a cancel was sent after it
  kAbandoned,  // was polling when it was cancelled: nobody waits for its completion
};

// What is remembered of an op while the kernel works for it, with room for a copy of what the
// kernel reads meanwhile.
struct OpRecord {
  static constexpr unsigned int kInlineBuffers = 8;

  Op* op;
  std::uint32_t slot;
  std::uint32_t bytes;  // of a send, all that it is to move
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
  // A copy of the argument, but for the bytes. False when out of memory.
  bool copy_message(const WriteArgument& write);
  void release_vector();
};

class UringOps {
 public:
  explicit UringOps(Ring& ring) : ring_(ring) {}

  // What became of a write before the ring was asked.
  enum class FirstTry : std::uint8_t {
    kWritten,  // over: there is a result
    kNoRoom,   // to go on with await_room()
    kNotMade,  // it does better in the ring: send()
  };
  static FirstTry try_directly(Op& op, const WriteArgument& write);

  // These start an op, on the thread whose ring it is.
  Submitted send(Op& op, const WriteArgument& write);
  // Ends with no bytes written once there is room.
  Submitted await_room(Op& op);
  Submitted connect(Op& op, const ConnectArgument& connect);

  // As the engine's.
  static Submitted shut_down(Op& op);
  // As the engine's: it needs no ring.
  static std::int64_t write_now(Channel& channel, const WriteArgument& write, WhenFull when_full);
  bool cancel(Op& op);
  // Whether an op waits for room on the descriptor. One that is being sent does not count: on a
  // readiness engine it would have ended at once.
  bool waits_for(Descriptor descriptor) const;

  // Whether somebody waited for this completion.
  bool complete(const Key& key, std::int32_t result, std::uint32_t flags, ReadyList& ready);

  // In a child process: ends the ops whose bytes the parent sends.
  void leave_parent(ReadyList& ready);
  // Submits the ops that are under way to a new ring.
  void resume(ReadyList& ready);

 private:
  enum class PollFor : std::uint8_t { kState, kChanges };

  OpRecord* begin(Op& op);
  bool reserve_count(const OpRecord& record);
  void enter_stage(OpRecord& record, OpStage stage);
  Submitted leave_to_kernel(OpRecord& record, OpStage stage);
  Submitted give_up(OpRecord& record, std::int32_t result);
  void end(OpRecord& record, std::int32_t result, ReadyList& ready);
  void release_record(OpRecord& record);

  bool complete_send(OpRecord& record, std::int32_t result, ReadyList& ready);
  Submitted await_writable(OpRecord& record);
  // False when the queue is full and the kernel takes nothing of it, or out of memory.
  bool poll(OpRecord& record, PollFor what);
  bool complete_poll(OpRecord& record, std::int32_t result, bool goes_on, ReadyList& ready);
  void cancel_request(const OpRecord& record);

  Ring& ring_;
  SlotTable<OpRecord> records_;
  Array<std::uint16_t> polling_;  // how many ops wait for room, of each descriptor
};

}  // namespace violet
