// The epoll engine. Its parts: engine_life.cc (creation, what the kernel offers), watch.cc
// (interest), wait.cc (blocking and reaping), wake.cc (wake-up and fork).
#pragma once

#include <signal.h>
#include <sys/epoll.h>

#include "readiness/readiness_engine.h"

namespace violet {

class EpollEngine final : public ReadinessEngine {
 public:
  // Every error is reported beside the readiness that it brings.
  EpollEngine() : ReadinessEngine(Writable::kTellsNoError) {}

  // 0, or a negative UV_E* and what was refused.
  int open(const char*& refusal);

  const char* name() const override { return "epoll"; }
  WaitResult wait(std::uint64_t timeout_ns, ReadyList& ready) override;
  void flush() override;
  int check_pollable(Descriptor descriptor) override;
  void wake() override;
  int after_fork() override;
  int fd() override { return epoll_; }
  void block_signal(int signal_number) override;
  const Feature* features(std::size_t& count) const override;
  void destroy() override;

 private:
  static constexpr int kBatchSize = 1024;

  WaitResult wait_for_events(std::uint64_t timeout_ns, ReadyList& ready);
  int open_kernel_objects();
  void close_kernel_objects();
  void remove_now(Channel& channel) override;
  // Links nothing into a null list; refused descriptors are then reported by the next wait.
  void apply_changes(ReadyList* ready);
  // False when the kernel refused to watch the descriptor.
  bool apply_change(const Channel& channel, Events events);
  int block(std::uint64_t timeout_ns);
  int block_by_oldest_call(int timeout_ms);
  void collect(int count, ReadyList& ready);

  int epoll_ = -1;
  int wake_event_ = -1;
  bool has_nanosecond_wait_ = true;
  bool has_wait_with_signals_ = true;  // epoll_pwait(2)
  bool blocks_signal_ = false;
  sigset_t blocked_;
  Feature features_[2] = {};
  epoll_event batch_[kBatchSize];
};

extern const EngineFactory kEpollFactory;

}  // namespace violet
