// The engine of Windows, on an I/O completion port, put together. What it does lies in its parts:
//
// port.cc the completion port interest.cc what is asked of the kernel for the channels that are
// watched afd_poll.cc readiness of sockets, for uv_poll_t and for sockets that others use, too
// receiver.cc bytes and datagrams received ahead, into the buffers of buffer_pool.cc
// accept_queue.cc connections accepted ahead child_wait.cc the ends of processes file.cc changes in
// folders console_input.cc what is typed, read by a thread ops.cc connects and writes of sockets
// pipe_ops.cc the same of pipes; ipc_frames.cc: descriptors among their bytes pipe_thread.cc pipes
// on which calls wait pipe_turns.cc those of these pipes that are both read and written
//
// Here they are wired: engine_life.cc (made and destroyed), watch.cc (interest), wait.cc (blocking
// and reaping), wake.cc (wake-up).
//
// The kernel owns what an operation uses until its packet comes, whatever was cancelled or closed
// meanwhile. So all of it lies in memory of the engine that outlives the channel, or is a write's,
// whose handle waits for it when it closes.
#pragma once

#include <atomic>

#include "engine.h"
#include "iocp/interest.h"
#include "iocp/ops.h"
#include "iocp/pipe_ops.h"
#include "iocp/port.h"

namespace violet {

class IocpEngine final : public Engine {
 public:
  // 0, or a negative UV_E* and what was refused.
  int open(const char*& refusal);

  const char* name() const override { return "iocp"; }
  WaitResult wait(std::uint64_t timeout_ns, ReadyList& ready) override;
  std::uint64_t longest_wait_ns() const override { return pipe_ops_.longest_wait_ns(); }
  // Does nothing: writes are given to the kernel when they begin, and there is no descriptor that
  // would have to show what a wait would find. Receives must not be posted outside of a wait: one
  // that is over at once would let a stream whose callbacks are put off read with them, outside of
  // the poll phase.
  void flush() override {}
  int watch(Channel& channel, Events wanted) override;
  int watch_child(Channel& channel, int pid) override;
  int check_unused(Descriptor descriptor) override;
  void forget(Channel& channel) override;
  int check_pollable(Descriptor descriptor) override;
  bool submits_with_wait(const Channel&, std::size_t) const override { return false; }
  Submitted connect(Op& op, const ConnectArgument& connect) override {
    return op.channel->is_pipe() ? pipe_ops_.connect(op, connect) : ops_.connect(op, connect);
  }
  Submitted write(Op& op, const WriteArgument& write) override {
    return op.channel->is_pipe() ? pipe_ops_.write(op, write) : ops_.write(op, write);
  }
  std::int64_t write_now(Channel& channel, const WriteArgument& write,
                         WhenFull when_full) override {
    return channel.is_pipe() ? pipe_ops_.write_now(channel, write, when_full)
                             : IocpOps::write_now(channel, write, when_full);
  }
  Submitted read(Op&, const ReadArgument&) override { return Submitted::kNeedsThreadPool; }
  Submitted shut_down(Op& op) override {
    return op.channel->is_pipe() ? pipe_ops_.shut_down(op) : IocpOps::shut_down(op);
  }
  bool cancel(Op& op) override {
    return op.channel->is_pipe() ? pipe_ops_.cancel(op) : ops_.cancel(op);
  }
  std::int64_t take(Channel& channel, void* buffer, std::size_t size) override {
    return interest_.take(channel, buffer, size);
  }
  int take_connection(Channel& channel, OwnedDescriptor& connection) override {
    return interest_.take_connection(channel, connection);
  }
  int take_datagram(Channel& channel, const uv_buf_t& buffer, ReceivedDatagram& received) override {
    return interest_.take_datagram(channel, buffer, received);
  }
  bool take_passed(Channel& channel, OwnedDescriptor& passed) override {
    return interest_.take_passed(channel, passed);
  }
  void name_peer(Channel& channel, int pid) override { interest_.name_peer(channel, pid); }
  void supply_ends(Channel& channel, unsigned int count) override {
    interest_.supply_ends(channel, count);
  }
  void wake() override;
  int after_fork() override;
  int fd() override { return -1; }
  void* port() override { return port_.handle(); }
  bool wants_turn() const override { return interest_.wants_turn(); }
  void block_signal(int) override {}
  const Feature* features(std::size_t& count) const override;
  void destroy() override;

 private:
  std::uint32_t reap(unsigned long timeout_ms, ReadyList& ready);
  void complete(const OVERLAPPED_ENTRY& packet, ReadyList& ready);

  Port port_;
  // The operation that a wake-up's packet carries. A packet must carry one, because an embedder
  // posts back only those that do.
  Operation wake_ = {};
  IocpInterest interest_{port_};
  IocpOps ops_{port_, interest_};
  PipeOps pipe_ops_{port_, interest_};
  // True from a wake() until the wait that it ends; further wakes do nothing.
  std::atomic<bool> wake_is_under_way_{false};
};

extern const EngineFactory kIocpFactory;

}  // namespace violet
