// The io_uring engine, put together. What it does lies in its parts, each with a state of its own:
//
//   interest.cc   polls and multishot requests for the channels that are watched
//   receiving.cc  the receives among them, by which idle connections have no record
//   arrivals.cc   what came before anybody asked, in the buffers of buffer_ring.cc
//   ops.cc        writes and connects
//   file.cc       reads of files, on a ring of their own
//   loop_ring.cc  the ring of all others, and whose it is
//   wake_event.cc what other threads wake the loop by
//
// Here they are wired: engine_life.cc (made and destroyed), probe.cc (what the kernel offers),
// watch.cc (interest), wait.cc (submitting, blocking, reaping), wake.cc (wake-up, change of thread,
// fork).
//
// Nothing is sent to the kernel before the next wait, except where a descriptor is about to be
// closed: one system call per iteration carries all changes of interest, all writes and the wait
// itself.
#pragma once

#include <signal.h>

#include "engine.h"
#include "uring/arrivals.h"
#include "uring/bulk.h"
#include "uring/change_list.h"
#include "uring/file.h"
#include "uring/interest.h"
#include "uring/key.h"
#include "uring/loop_ring.h"
#include "uring/ops.h"
#include "uring/support.h"
#include "uring/wake_event.h"

namespace violet {

class UringEngine final : public Engine {
 public:
  // 0, or a negative UV_E* and what was refused.
  int open(const char*& refusal);

  const char* name() const override { return "uring"; }
  WaitResult wait(std::uint64_t timeout_ns, ReadyList& ready) override;
  void flush() override;
  void let_go() override { ring_.call_off_everything(); }
  int watch(Channel& channel, Events wanted) override;
  int watch_child(Channel& channel, int) override {
    return channel.descriptor.is_open() ? watch(channel, kReadable) : UV_ENOTSUP;
  }
  int check_unused(Descriptor descriptor) override;
  void forget(Channel& channel) override;
  int check_pollable(Descriptor descriptor) override;
  bool submits_with_wait(const Channel& channel, std::size_t bytes) const override {
    return channel.is_socket() && bytes < kBulk && !writes_at_once_;
  }
  Submitted connect(Op& op, const ConnectArgument& connect) override {
    op.kind = OpKind::kConnect;
    return may_submit(op) ? ops_.connect(op, connect) : Submitted::kDone;
  }
  Submitted write(Op& op, const WriteArgument& write) override {
    op.kind = OpKind::kWrite;
    const UringOps::FirstTry first = UringOps::try_directly(op, write);
    if (first == UringOps::FirstTry::kWritten || !may_submit(op)) return Submitted::kDone;
    return first == UringOps::FirstTry::kNoRoom ? ops_.await_room(op) : ops_.send(op, write);
  }
  std::int64_t write_now(Channel& channel, const WriteArgument& write,
                         WhenFull when_full) override {
    return UringOps::write_now(channel, write, when_full);
  }
  Submitted read(Op& op, const ReadArgument& read) override {
    op.kind = OpKind::kRead;
    return uring_support().read ? files_.submit(op, read) : Submitted::kNeedsThreadPool;
  }
  Submitted shut_down(Op& op) override {
    op.kind = OpKind::kShutDown;
    return UringOps::shut_down(op);
  }
  bool cancel(Op& op) override { return ops_.cancel(op); }
  std::int64_t take(Channel& channel, void* buffer, std::size_t size) override {
    Backlog* backlog = interest_.backlog_of(channel);
    if (backlog == nullptr) return UV_EAGAIN;
    const std::int64_t result = arrivals_.take(*backlog, buffer, size);
    interest_.note_taken(channel);
    return result;
  }
  int take_connection(Channel&, OwnedDescriptor&) override { return UV_EAGAIN; }
  int take_datagram(Channel& channel, const uv_buf_t& buffer, ReceivedDatagram& received) override {
    Backlog* backlog = interest_.backlog_of(channel);
    if (backlog == nullptr) return UV_EAGAIN;
    const int result = arrivals_.take_datagram(*backlog, buffer, received);
    interest_.note_taken(channel);
    return result;
  }
  void wake() override { wake_event_.wake(); }
  int after_fork() override;
  int fd() override;
  void block_signal(int signal_number) override;
  const Feature* features(std::size_t& count) const override;
  void destroy() override;

 private:
  // The ring and whose it is (wake.cc).
  int adopt_thread() { return ring_.is_mine() ? 0 : take_over(); }
  bool may_submit(Op& op) {
    op.result = adopt_thread();
    return op.result == 0;
  }
  int take_over();
  int open_ring();
  int open_ring_patiently();
  void leave_ring();
  void leave_thread();
  void leave_parent();
  void close_ring();

  // Waiting (wait.cc).
  void advance_files();
  unsigned int reap_earlier(ReadyList& ready);
  unsigned int reap(ReadyList& ready);
  bool complete(const Key& key, std::int32_t result, std::uint32_t flags, ReadyList& ready);
  static void sleep_without_ring(std::uint64_t timeout_ns);

  LoopRing ring_;
  ChangeList changes_;
  Arrivals arrivals_{changes_};
  UringInterest interest_{ring_, changes_, arrivals_};
  UringOps ops_{ring_};
  FileRing files_;
  WakeEvent wake_event_;
  ReadyList found_;  // what became ready outside of a wait, for the next one
  bool writes_at_once_ = false;
  bool blocks_signal_ = false;
  sigset_t blocked_;
};

extern const EngineFactory kUringFactory;

}  // namespace violet
