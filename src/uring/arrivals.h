// What came before anybody asked: received bytes and datagrams, kept in order until their owner
// takes them.
#pragma once

#include <uv.h>

#include <cstddef>
#include <cstdint>

#include "base/list.h"
#include "engine.h"
#include "uring/buffer_ring.h"
#include "uring/change_list.h"
#include "uring/ring.h"
#include "uring/slot_table.h"

namespace violet {

// Bytes, or one datagram behind the kernel's header of it. Chained in order of arrival.
struct Chunk {
  static constexpr std::uint16_t kNoBuffer = UINT16_MAX;

  Chunk* next;
  char* bytes;  // what is left of them
  std::uint32_t length;
  std::uint16_t buffer;  // where they lie in the buffer ring; kNoBuffer: in `heap`
  char* heap = nullptr;
  std::uint32_t slot = 0;
  std::uint16_t generation = 0;  // that no key names

  void begin() {}
  // The same as `content`, in its own place.
  void hold(const Chunk& content) {
    const std::uint32_t own_slot = slot;
    const std::uint16_t own_generation = generation;
    *this = content;
    slot = own_slot;
    generation = own_generation;
  }
};
static_assert(sizeof(Chunk) <= 48);

// A multishot request in the kernel.
enum class Multishot : std::uint8_t {
  kOff,
  kArmed,
  kStopping,  // a cancel is on its way; the last completion has not come
};

// What came for one channel, and the requests that bring it.
struct Backlog {
  Channel* channel;  // null: forgotten, and nothing is kept any more
  Chunk* first;
  Chunk* last;
  std::int32_t end;           // what comes after the chunks: 0, UV_EOF or an error
  std::uint8_t direct_reads;  // a bulk stream's, left until we receive ahead again
  bool has_datagrams;         // as its channel, which may be forgotten before they come
  Multishot receive;
  ListNode deliverable;  // linked while its owner wants what there is to deliver

  bool has_news() const { return first != nullptr || end != 0; }
  // Copied bytes come first. A channel that has some is read slowly, and receives no more until
  // they are taken: so the memory for copies is bounded.
  bool has_copies() const { return first != nullptr && first->buffer == Chunk::kNoBuffer; }
  // True for a stream some of whose bytes had to be thrown away: the bytes behind them are useless.
  bool lost_bytes() const { return end != 0 && !has_datagrams; }
};

class Arrivals {
 public:
  explicit Arrivals(ChangeList& changes);
  Arrivals(const Arrivals&) = delete;
  Arrivals& operator=(const Arrivals&) = delete;
  ~Arrivals();

  // Gives the ring buffers for what the channel is about to receive, unless it has them or cannot.
  // Without them sockets are read by readiness.
  void open_buffers_for(const Channel& channel, Ring& ring);
  // The kernel receives nothing more.
  void withdraw_buffers(Ring& ring);
  // Before each wait.
  void refill_buffers();
  // Nothing happens for now.
  void trim() { chunks_.trim(); }
  // When nothing lies in them any more.
  void close_buffers();

  void begin(Backlog& backlog, Channel& channel);
  // Its owner is gone.
  void forget(Backlog& backlog);
  // Whether it is listed as deliverable depends on what its owner wants.
  void interest_changed(Backlog& backlog);

  // Only from sockets that nobody else reads may bytes be taken before our user asks for them.
  bool receives_ahead(const Backlog& backlog) const {
    return buffers_of(backlog).is_open() && backlog.channel->is_socket() &&
           !backlog.channel->is_shared();
  }
  // False while a receive would find no buffer.
  bool make_room(const Backlog& backlog);

  // A multishot request into the backlog, and what each of its completions brings.
  void prepare_receive(io_uring_sqe& entry, const Backlog& backlog);
  void complete_receive(Backlog& backlog, std::int32_t result, std::uint32_t flags);
  // The same for a request that nobody waits for any more: gives the buffer back.
  void discard(bool is_datagram, std::int32_t result, std::uint32_t flags);
  // To be called when there was no memory to keep what a completion has brought.
  void note_loss(Backlog& backlog) { note_end(backlog, UV_ENOMEM); }

  // A stream that is not being read must not sit on the buffers of those that are. Without memory
  // for a copy it keeps them, and this is false.
  bool move_to_heap(Backlog& backlog);
  // The buffers go away.
  void leave_buffers(Backlog& backlog);

  // As the engine's.
  std::int64_t take(Backlog& backlog, void* buffer, std::size_t size);
  int take_datagram(Backlog& backlog, const uv_buf_t& buffer, ReceivedDatagram& received);

  bool has_deliverable() const { return !deliverable_.empty(); }
  // Links the channels whose owners have something to take.
  void link_deliverable(ReadyList& ready);

 private:
  const BufferRing& buffers_of(const Backlog& backlog) const {
    return backlog.has_datagrams ? datagram_buffers_ : buffers_;
  }
  BufferRing& buffers_of(const Backlog& backlog) {
    return backlog.has_datagrams ? datagram_buffers_ : buffers_;
  }
  void open_stream_buffers(Ring& ring);
  void open_datagram_buffers(Ring& ring);
  void release_storage(const Backlog& backlog, Chunk& chunk);

  void append(Backlog& backlog, const Chunk& content);
  void drop_first(Backlog& backlog);
  void drop(Backlog& backlog);
  void note_end(Backlog& backlog, std::int32_t end);
  std::int32_t take_end(Backlog& backlog);
  void note_taken(Backlog& backlog);
  void reclaim(const BufferRing& buffers);

  ChangeList& changes_;
  List deliverable_;  // by Backlog::deliverable
  // Each is open once a socket receives into it.
  BufferRing buffers_{BufferRing::kStreams};
  BufferRing datagram_buffers_{BufferRing::kDatagrams};
  bool tried_stream_buffers_ = false;  // on this ring; it may have refused them
  msghdr datagram_shape_ = {};         // how much room a sender's address gets
  SlotTable<Chunk> chunks_;
};

}  // namespace violet
