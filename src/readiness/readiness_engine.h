// What the readiness engines (epoll, kqueue) share: doing an op themselves. Try at once; when the
// descriptor is not ready, park the op on its channel; end it when the kernel reports readiness.
#pragma once

#include "engine.h"

namespace violet {

class ReadinessEngine : public Engine {
 public:
  Submitted submit(Op& op) final;
  bool cancel(Op& op) final;
  // Readiness engines never receive ahead.
  bool submits_with_wait(const Channel&, std::size_t) const final { return false; }
  std::int64_t take(Channel& channel, void* buffer, std::size_t size) final;
  int take_datagram(Channel& channel, const uv_buf_t& buffer, ReceivedDatagram& received) final;

 protected:
  ~ReadinessEngine() = default;

  // What the kernel has to be told: what the owner wants, and writability while an op is parked.
  static Events needed(const Channel& channel);

  // Sorts out what the kernel reported: ends the parked op, links the channel if its owner wants to
  // know. To be called from wait() only.
  void report(Channel& channel, Events happened, ReadyList& ready);

  // needed(channel) may have changed; the engine notes it for its next wait. 0 or a negative UV_E*.
  virtual int interest_changed(Channel& channel) = 0;
};

}  // namespace violet
