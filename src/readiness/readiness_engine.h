// What the readiness engines (epoll, kqueue) share. Interest (interest.cc): noted at once, told to
// the kernel with the next wait. Ops (ready_op.cc): tried at once; parked on the channel while the
// descriptor is not ready; ended when the kernel reports readiness. A write that finds no room
// although the descriptor counts as writable pauses until the end of the next wait.
#pragma once

#include "engine.h"
#include "readiness/descriptor_table.h"
#include "readiness/wake_flag.h"

namespace violet {

inline constexpr std::uint64_t kPauseForRoomNs = 1000000;

// In Channel::armed, beside what the kernel was told: the program may have closed the descriptor
// since, so that its number names another file, of which the kernel has to be told anew.
inline constexpr Events kPerhapsAnother = kHangUp;

class ReadinessEngine : public Engine {
 public:
  int watch(Channel& channel, Events wanted) override;
  // Watches the child's descriptor, if the system has one for it.
  int watch_child(Channel& channel, int pid) override;
  int check_unused(Descriptor descriptor) final;
  void forget(Channel& channel) final;

  Submitted connect(Op& op, const ConnectArgument& connect) final;
  Submitted write(Op& op, const WriteArgument& write) final;
  std::int64_t write_now(Channel& channel, const WriteArgument& write, WhenFull when_full) final;
  Submitted read(Op& op, const ReadArgument& read) final;
  Submitted shut_down(Op& op) final;
  bool cancel(Op& op) final;

  std::uint64_t longest_wait_ns() const final {
    return paused_.empty() ? kNoDeadline : kPauseForRoomNs;
  }

  // Readiness engines never receive ahead.
  bool submits_with_wait(const Channel&, std::size_t) const final { return false; }
  std::int64_t take(Channel& channel, void* buffer, std::size_t size) override;
  int take_connection(Channel& channel, OwnedDescriptor& connection) final;
  int take_datagram(Channel& channel, const uv_buf_t& buffer, ReceivedDatagram& received) final;

 protected:
  // What it means that a socket is writable and no error was reported with it.
  enum class Writable : bool { kTellsNothing, kTellsNoError };

  explicit ReadinessEngine(Writable writable) : writable_(writable) {
    changes_.reset();
    refused_.reset();
    paused_.reset();
  }
  ~ReadinessEngine() = default;

  // Tells the kernel now that nobody is interested in the channel's descriptor, of which it was
  // told.
  virtual void remove_now(Channel& channel) = 0;

  // What the kernel has to be told: what the owner wants, and writability while an op is parked.
  static Events needed(const Channel& channel);

  // Iterates over the channels whose interest the kernel does not know yet; null after the last.
  // The engine tells the kernel, then calls set_armed() or refuse().
  Channel* next_change();
  bool has_changes() const { return !changes_.empty(); }
  void set_armed(Channel& channel, Events events);
  // A descriptor that the kernel cannot watch (a regular file on a stream) counts as always ready;
  // what is wrong with it shows when its owner uses it. Links nothing into a null list.
  void refuse(Channel& channel, Events refused, ReadyList* ready);
  // What was refused is asked for again with the next wait.
  void ask_again_for_refused() { refused_.move_all_to(changes_); }

  // No descriptor can become ready.
  bool watches_nothing() const { return watched_.is_empty(); }
  Channel* channel_of(std::size_t descriptor) const { return watched_.at(descriptor); }
  // Something has changed that needed() or `armed` depends on. 0 or a negative UV_E*.
  int interest_changed(Channel& channel);
  // A new kernel object knows nothing of what is watched. 0 or a negative UV_E*.
  int watch_all_anew();

  // Sorts out what the kernel reported: ends the parked op, links the channel if its owner wants to
  // know. To be called from wait() only.
  void report(Channel& channel, Events happened, ReadyList& ready);

  // Ends the ops that paused. To be called at the end of each wait(), which is to last no longer
  // than longest_wait_ns() says at its start.
  void end_paused(ReadyList& ready);

  WakeFlag wake_flag_;

 private:
  static Events events_for_owner(const Channel& channel, Events happened);
  bool leave(Channel& owner);
  Submitted park(Op& op);
  Submitted pause(Op& op);
  void end_parked(Op& op, Events happened, ReadyList& ready);
  bool has_paused_op(Descriptor descriptor) const;
  int connect_result(const Channel& channel, Events happened) const;

  const Writable writable_;
  DescriptorTable watched_;
  List changes_;  // channels whose interest differs from what the kernel knows
  List refused_;  // the same, to be asked for again
  List paused_;   // ops
};

}  // namespace violet
