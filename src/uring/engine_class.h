// The io_uring engine. Its parts: probe.cc (what the kernel offers), watch.cc (interest in
// channels), op.cc (connects, writes), receive.cc (what came before anybody asked),
// wait.cc (submitting, blocking, reaping), wake.cc (wake-up, change of thread, fork).
//
// Nothing is sent to the kernel before the next wait, except where a descriptor is about to be
// closed: one system call per iteration carries all changes of interest, all writes and the wait
// itself.
#pragma once

#include <signal.h>

#include <atomic>

#include "base/array.h"
#include "engine.h"
#include "uring/buffer_ring.h"
#include "uring/file.h"
#include "uring/record.h"
#include "uring/ring.h"

namespace violet {

// What the kernel offers, found once per process by trying, less what is forbidden (forbid.h).
struct UringSupport {
  static constexpr std::size_t kMaxFeatures = 16;

  int error;            // 0, or why there is no io_uring here (a negative UV_E*)
  const char* refusal;  // with an error: which probe failed
  unsigned int setup_flags;
  bool no_disk_wait;
  bool receive;              // multishot receive into a buffer ring
  bool incremental_buffers;  // a buffer serves several receives
  bool datagrams;            // multishot receive of messages
  bool accept;               // multishot accept
  bool read;                 // files, at an offset
  Feature features[kMaxFeatures];
  std::size_t feature_count;
};

const UringSupport& uring_support();

// Whether the program was started with more privileges than its user has; io_uring is left alone
// then.
bool is_privileged_start();

// From so many bytes on, copying is what reading and writing cost, and the caches are what makes it
// cheap: such bytes are read straight into our user's buffers, and written at once.
inline constexpr std::size_t kBulk = std::size_t{16} * 1024;

class UringEngine final : public Engine {
 public:
  UringEngine();

  // 0, or a negative UV_E* and what was refused.
  int open(const char*& refusal);

  const char* name() const override { return "uring"; }
  WaitResult wait(std::uint64_t timeout_ns, ReadyList& ready) override;
  void flush() override;
  int watch(Channel& channel, Events wanted) override;
  int check_unused(Descriptor descriptor) override;
  void forget(Channel& channel) override;
  int check_pollable(Descriptor descriptor) override;
  bool submits_with_wait(const Channel& channel, std::size_t bytes) const override {
    return channel.is_socket() && bytes < kBulk && !writes_at_once_;
  }
  Submitted connect(Op& op, const ConnectArgument& connect) override;
  Submitted write(Op& op, const WriteArgument& write) override;
  Submitted read(Op& op, const ReadArgument& read) override;
  Submitted shut_down(Op& op) override;
  bool cancel(Op& op) override;
  std::int64_t take(Channel& channel, void* buffer, std::size_t size) override;
  int take_datagram(Channel& channel, const uv_buf_t& buffer, ReceivedDatagram& received) override;
  void wake() override;
  int after_fork() override;
  int fd() override;
  void block_signal(int signal_number) override;
  const Feature* features(std::size_t& count) const override;
  void destroy() override;

 private:
  // Ring and thread (probe.cc, wake.cc).
  int open_ring();
  // Waits for a moment where that may help. Not while the loop runs: a wait tries again anyway.
  int open_ring_patiently();
  int open_wake_event();
  void open_buffers();
  void open_datagram_buffers();
  int adopt_thread();
  // A number that no other thread has or will have: pthread_self() is given out anew when a thread
  // has ended, and the kernel knows the difference.
  static std::uint64_t this_thread();
  void leave_thread();
  void leave_parent();
  void leave_ring();
  void leave_buffers();
  void resume();
  void resume_op(OpRecord& record);
  void watch_wake_event();

  // Interest (watch.cc).
  ChannelRecord* record_of(Channel& channel);
  static Key key_of(const ChannelRecord& record, Completion kind);
  int claim_descriptor(Channel& channel);
  bool make_record(Channel& channel);
  static bool receives_ahead(const Channel& channel, const ChannelRecord& record);
  Events events_to_poll(const Channel& channel, const ChannelRecord& record) const;
  void note_change(Channel& channel);
  void apply_changes();
  // False when the channel has to be looked at again at the next wait.
  bool apply_change(Channel& channel, ChannelRecord& record);
  void apply_poll(Channel& channel, ChannelRecord& record);
  void replace_poll(ChannelRecord& record);
  bool apply_multishot(ChannelRecord& record, Multishot& state, bool wanted, Completion kind);
  void prepare_receive(io_uring_sqe& entry, const ChannelRecord& record);
  io_uring_sqe* request_entry(ChannelRecord& record);
  void cancel_request(const ChannelRecord& record, Completion kind);
  void request_is_over(ChannelRecord& record);

  // Completions (wait.cc).
  unsigned int reap(ReadyList& ready);
  void watch_files();
  void sleep_without_ring(std::uint64_t timeout_ns);
  // These tell whether somebody waited for it.
  bool complete(const Key& key, std::int32_t result, std::uint32_t flags, ReadyList& ready);
  bool complete_poll(const Key& key, std::int32_t result, std::uint32_t flags, ReadyList& ready);
  bool complete_receive(const Key& key, std::int32_t result, std::uint32_t flags);
  bool complete_accept(const Key& key, std::int32_t result, std::uint32_t flags);
  bool complete_op(const Key& key, std::int32_t result, std::uint32_t flags, ReadyList& ready);
  bool report_polled(ChannelRecord& record, std::int32_t result, bool goes_on, ReadyList& ready);
  void link_deliverable(ReadyList& ready);

  // What came ahead (receive.cc).
  void note_end(ChannelRecord& record, std::int32_t end);
  void multishot_is_over(ChannelRecord& record, Multishot& state);
  void append_chunk(ChannelRecord& record, const Chunk& content);
  Chunk* take_chunk(const Chunk& content);
  void give_back_chunk(Chunk& chunk);
  static void release_storage(const ChannelRecord& record, Chunk& chunk);
  void drop_first_chunk(ChannelRecord& record);
  void drop_chunks(ChannelRecord& record);
  // False when out of memory; some of them still lie in the buffer ring then.
  bool move_chunks_to_heap(ChannelRecord& record);
  void reclaim_buffers(const BufferRing& buffers);
  void list_if_deliverable(ChannelRecord& record);
  std::int32_t take_end(ChannelRecord& record);
  void note_taken(ChannelRecord& record);

  // Ops (op.cc).
  OpRecord* make_op_record(Op& op);
  void release_op_record(OpRecord& record);
  static bool copy_buffers(OpRecord& record, const uv_buf_t* buffers, unsigned int count);
  static void pass_descriptor(OpRecord& record, Descriptor passed);
  static void name_op(io_uring_sqe& entry, const OpRecord& record);
  void end_op(OpRecord& record, std::int32_t result, ReadyList& ready);
  OpRecord* begin_op(Op& op);
  Submitted finish_start(Op& op, OpRecord& record, Submitted answer);
  Submitted submit_write(const WriteArgument& write, OpRecord& record);
  Submitted poll_for_write(OpRecord& record, bool changes = false);
  void cancel_request(const OpRecord& record);
  Submitted try_again_later(OpRecord& record);
  Submitted send_bytes(const uv_buf_t& buffer, OpRecord& record);
  Submitted send_message(OpRecord& record);

  Ring ring_;
  BufferRing buffers_{BufferRing::kStreams};
  BufferRing datagram_buffers_{BufferRing::kDatagrams};  // open once a socket receives into them
  msghdr datagram_shape_ = {};                           // how much room a sender's address gets
  FileRing files_;
  bool watches_files_ = false;
  std::uint64_t owner_ = 0;  // the thread that enabled the ring, and alone may submit
  bool enabled_ = false;
  bool embedded_ = false;  // somebody waits on the ring by its descriptor
  bool writes_at_once_ = false;

  int wake_event_ = -1;
  // True from a wake() until the wait that it ends; further wakes do nothing.
  std::atomic<bool> wake_is_under_way_{false};

  SlotTable<ChannelRecord> channels_;
  SlotTable<OpRecord> ops_;
  Array<Channel*> by_descriptor_;  // the channel that watches it, or null
  List changes_;                   // channels whose interest differs from what the kernel was told
  List deliverable_;               // records with something to deliver to an owner who wants it
  ReadyList found_;                // what became ready outside of a wait, for the next one
  Chunk* free_chunks_ = nullptr;
  // For accepted connections when memory runs out: the kernel does not take them back.
  static constexpr std::size_t kReservedChunks = 32;
  Chunk reserved_[kReservedChunks] = {};
  std::size_t reserved_used_ = 0;   // the first that nobody has had yet
  Chunk* reserved_free_ = nullptr;  // those given back

  bool blocks_signal_ = false;
  sigset_t blocked_;
};

extern const EngineFactory kUringFactory;

}  // namespace violet
