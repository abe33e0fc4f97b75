// Connects and writes of pipes.
#pragma once

#include <cstdint>

#include "engine.h"
#include "iocp/interest.h"
#include "iocp/operation.h"
#include "iocp/pipe_turns.h"
#include "iocp/port.h"
#include "os/windows/named_pipe.h"

namespace violet {

struct WaitingCall;

struct PipeOperation {
  enum class Step : std::uint8_t {
    kOpening,  // waits for an instance that is free
    kWriting,
    kEnding,  // the other side is told, behind all bytes, that no more will come
  };

  Operation operation;
  Step step;
  Op* op;                  // null: nobody waits for it
  Op* follower;            // an op that waits until this write of a thread is over
  bool ends_after;         // the same of the end
  ChannelRecord* channel;  // null: forgotten
  HANDLE pipe;
  OwnedHandle kept;   // a copy of it, when its channel has gone and closes its own
  char* copy;         // what is written, if it is not the program's own memory
  DWORD size;         // of what is written
  DWORD head;         // of these, what is no byte of the program's
  DWORD peer;         // which process gets what is passed; 0: nothing is
  WaitingCall* call;  // the thread's that does it, or null
  PipeOperation* next_free;
  PipeName name;  // of the pipe that is to be opened
};

// The file system of all named pipes, which can be asked to report when a pipe has a free instance.
class PipeDevice {
 public:
  int open(Port& port);
  void close() { device_.close(); }
  // As a status of the system: pending, success (try again), or an error.
  long wait_for_instance(PipeOperation& operation);
  void cancel(PipeOperation& operation);
  bool skips_packets() const { return skips_packets_; }

 private:
  OwnedHandle device_;
  bool skips_packets_ = false;
};

class PipeOps {
 public:
  PipeOps(Port& port, IocpInterest& interest) : port_(port), interest_(interest) {}
  PipeOps(const PipeOps&) = delete;
  PipeOps& operator=(const PipeOps&) = delete;
  ~PipeOps();

  // As the functions of the same names of Engine.
  Submitted connect(Op& op, const ConnectArgument& connect);
  Submitted write(Op& op, const WriteArgument& write);
  std::int64_t write_now(Channel& channel, const WriteArgument& write, WhenFull when_full);
  Submitted shut_down(Op& op);
  bool cancel(Op& op);
  // To be called when the channel begins to be read.
  void begin_turns(Channel& channel);
  std::uint64_t longest_wait_ns() const { return turns_.longest_wait_ns(); }
  // Goes on with the pipes whose pauses are over.
  void end_pauses(ReadyList& ready);

  // To be called before the channel is forgotten. What was taken for writing still goes out.
  void leave(Channel& channel);
  // To be called when the operation's packet has come.
  void complete(Operation& operation, std::uint32_t size, ReadyList& ready);
  void close() { device_.close(); }

 private:
  PipeOperation* begin(PipeOperation::Step step);
  void release(PipeOperation& operation);
  int open_or_wait(PipeOperation& operation, Channel& channel);
  static int prepare_copy(PipeOperation& operation, ChannelRecord& record,
                          const WriteArgument& write, const char*& bytes);
  static int prepare_in_place(PipeOperation& operation, ChannelRecord& record,
                              const WriteArgument& write, const char*& bytes);
  int start_write(PipeOperation& operation, ChannelRecord& record, const char* bytes);
  static void discard_write(const PipeOperation& operation);
  int start_ending(ChannelRecord& record);
  int start_ending_in_turn(ChannelRecord& record);
  void complete_ending(ChannelRecord& record, long status);
  std::int64_t write_between_reads(ChannelRecord& record, const WriteArgument& write,
                                   WhenFull when_full);
  Submitted write_in_turn(Op& op, ChannelRecord& record, const WriteArgument& write);
  void end(PipeOperation& operation, std::int32_t result, ReadyList& ready);

  Port& port_;
  IocpInterest& interest_;
  PipeDevice device_;
  PipeTurns turns_;
  // Operations to use again, so that a message needs no allocation.
  PipeOperation* free_ = nullptr;
};

}  // namespace violet
