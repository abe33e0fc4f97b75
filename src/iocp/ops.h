// Ops that the kernel works on: connects and writes.
#pragma once

#include <cstdint>

#include "engine.h"
#include "iocp/interest.h"
#include "iocp/operation.h"
#include "iocp/port.h"

namespace violet {

struct OpRecord {
  Operation operation;
  Op* op;
  SOCKET socket;
  OpRecord* next_free;
};

class IocpOps {
 public:
  IocpOps(Port& port, IocpInterest& interest) : port_(port), interest_(interest) {}
  IocpOps(const IocpOps&) = delete;
  IocpOps& operator=(const IocpOps&) = delete;
  ~IocpOps();

  // As the engine's.
  Submitted connect(Op& op, const ConnectArgument& connect);
  Submitted write(Op& op, const WriteArgument& write);
  static Submitted shut_down(Op& op);
  static std::int64_t write_now(Channel& channel, const WriteArgument& write, WhenFull when_full);
  bool cancel(Op& op);

  // Its packet has come.
  void complete(Operation& operation, std::uint32_t size, ReadyList& ready);

 private:
  OpRecord* begin(Op& op, SOCKET socket);
  void release(OpRecord& record);
  Submitted settle(OpRecord& record, int system_error, bool skips_packets, std::uint32_t size);
  Submitted connect_by_kernel(ChannelRecord& channel, Op& op, const ConnectArgument& connect);
  Submitted connect_and_park(ChannelRecord& channel, Op& op, const ConnectArgument& connect);
  Submitted send(ChannelRecord& channel, Op& op, const WriteArgument& write);
  Submitted write_and_park(ChannelRecord& channel, Op& op, const WriteArgument& write);

  Port& port_;
  IocpInterest& interest_;
  OpRecord* free_ = nullptr;
};

}  // namespace violet
