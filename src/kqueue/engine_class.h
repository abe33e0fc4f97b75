// The kqueue engine. Its parts: engine_life.cc (creation, what the kernel offers), watch.cc
// (interest), wait.cc (the call that carries all changes and waits), wake.cc (wake-up and fork),
// child.cc (the ends of children), file.cc (changes of files and folders),
// terminal.cc (devices that kqueue refuses).
#pragma once

#include <signal.h>

#include "kqueue/kernel.h"
#include "kqueue/select_thread.h"
#include "readiness/readiness_engine.h"

namespace violet {

class KqueueEngine final : public ReadinessEngine {
 public:
  // Where a connect has failed, some kernels report writability alone.
  KqueueEngine() : ReadinessEngine(Writable::kTellsNothing) {}

  // 0, or a negative UV_E* and what was refused.
  int open(const char*& refusal);

  const char* name() const override { return "kqueue"; }
  WaitResult wait(std::uint64_t timeout_ns, ReadyList& ready) override;
  void flush() override;
  int watch(Channel& channel, Events wanted) override;
  int watch_child(Channel& channel, int pid) override;
  std::int64_t take(Channel& channel, void* buffer, std::size_t size) override;
  int check_pollable(Descriptor descriptor) override;
  void wake() override;
  int after_fork() override;
  int fd() override { return queue_; }
  void block_signal(int signal_number) override;
  const Feature* features(std::size_t& count) const override;
  void destroy() override;

 private:
  // What a channel's change takes at most: READ removed and added anew, WRITE, EXCEPT.
  static constexpr int kChangesOfChannel = 4;
  static constexpr int kBatchSize = 1024;

  WaitResult wait_for_events(std::uint64_t timeout_ns, ReadyList& ready);
  int open_queue();
  int open_wake_pipe();
  void close_wake_pipe();
  // Whether an event is the wake's; if so, the next wake has to be told to the kernel again.
  bool take_wake(const Event& event);

  // Fills the batch with the changes of as many channels as fit; says how many changes there are.
  // Links nothing into a null list.
  int gather_changes(ReadyList* ready);
  int changes_of(Channel& channel, Event* changes);
  // Applies changes and takes no events. The answers replace them.
  void apply_now(Event* changes, int count);
  // 0 or a negative UV_E*.
  int apply_one(const Event& change);
  void apply_and_sort_out(int count, ReadyList* ready);
  void sort_out_refusal(const Event& answer, ReadyList* ready);
  void remove_now(Channel& channel) override;
  void remove_child(const Channel& channel);
  static Event change_of_file(const Channel& channel, int flags);
  int watch_file_now(Channel& channel);

  static bool may_be_selected(Descriptor descriptor, int refusal);
  // Has a descriptor that was refused watched by the thread. False when that cannot do it either.
  bool select_instead(Channel& channel, int refusal);
  bool is_selected(const Channel& channel) const;
  void set_selected(Channel& channel, Events events);
  void wait_for_selected_again();
  void collect_selected(ReadyList& ready);
  void stop_selecting();
  void abandon_selecting();

  int call(int change_count, std::uint64_t timeout_ns);
  void collect(int count, ReadyList& ready);
  void collect(const Event& event, ReadyList& ready);
  static void collect_file(const Event& event, Channel& channel, ReadyList& ready);
  void collect_child(const Event& event, ReadyList& ready);

  int queue_ = -1;
  // Where there is no EVFILT_USER; else -1.
  int wake_reader_ = -1;
  int wake_writer_ = -1;
  SelectThread* select_thread_ = nullptr;  // null where kqueue has refused nothing
  bool blocks_signal_ = false;
  sigset_t blocked_;
  Feature features_[3] = {};
  // Changes on the way in, events on the way out.
  Event batch_[kBatchSize];
};

extern const EngineFactory kKqueueFactory;

}  // namespace violet
