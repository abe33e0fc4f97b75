// The engine of Windows, on an I/O completion port. Its parts: engine_life.cc (creation), watch.cc
// (interest and ops, which it refuses so far), wait.cc (blocking and reaping), wake.cc (wake-up).
// Timers, the phases, asyncs and the thread pool need nothing more; see docs/status.md.
#pragma once

#include <atomic>

#include "engine.h"

namespace violet {

class IocpEngine final : public Engine {
 public:
  // 0, or a negative UV_E* and what was refused.
  int open(const char*& refusal);

  const char* name() const override { return "iocp"; }
  WaitResult wait(std::uint64_t timeout_ns, ReadyList& ready) override;
  void flush() override {}
  int watch(Channel& channel, Events wanted) override;
  int watch_child(Channel&, int) override { return UV_ENOTSUP; }
  int check_unused(Descriptor) override { return 0; }
  void forget(Channel& channel) override;
  int check_pollable(Descriptor descriptor) override;
  bool submits_with_wait(const Channel&, std::size_t) const override { return false; }
  Submitted connect(Op& op, const ConnectArgument& connect) override;
  Submitted write(Op& op, const WriteArgument& write) override;
  Submitted read(Op& op, const ReadArgument& read) override;
  Submitted shut_down(Op& op) override;
  bool cancel(Op& op) override;
  std::int64_t take(Channel& channel, void* buffer, std::size_t size) override;
  int take_connection(Channel& channel, OwnedDescriptor& connection) override;
  int take_datagram(Channel& channel, const uv_buf_t& buffer, ReceivedDatagram& received) override;
  void wake() override;
  int after_fork() override;
  int fd() override { return -1; }
  void block_signal(int) override {}
  const Feature* features(std::size_t& count) const override;
  void destroy() override;

 private:
  // The number of packets, 0 after `timeout_ms`.
  unsigned long block(unsigned long timeout_ms);

  void* port_ = nullptr;
  // True from a wake() until the wait that it ends; further wakes do nothing.
  std::atomic<bool> wake_is_under_way_{false};
};

extern const EngineFactory kIocpFactory;

}  // namespace violet
