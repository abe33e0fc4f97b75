#include "uring/arrivals.h"

#include <sys/socket.h>
#include <uv.h>

#include <cassert>
#include <cstring>

#include "os/datagram.h"
#include "uring/bulk.h"
#include "uring/settings.h"
#include "uring/support.h"

namespace violet {
namespace {

// With incremental buffers a few large ones serve everybody. They are filled in turn, so together
// they have to fit into a usual second-level cache (512 KiB) to be warm when they are read.
constexpr unsigned int kIncrementalBuffers = 16;
// While little arrives only a few buffers are used, and only a part of each.
constexpr unsigned int kFewIncrementalBuffers = 2;
constexpr unsigned int kPartOfFewBuffers = 8 * 1024;
constexpr unsigned int kIncrementalBufferSize = 32 * 1024;
constexpr unsigned int kPlainBuffers = 128;
constexpr unsigned int kPlainBufferSize = 8 * 1024;
// Room for the largest datagram, so that none is cut: pages that no large one touches take no
// memory. The size is a multiple of a cache line, so that the kernel's header is aligned, but not
// of a page's size, so that the buffers' starts do not compete for the same cache lines.
constexpr unsigned int kDatagramBuffers = 64;
constexpr unsigned int kDatagramBufferSize = 64 * 1024 + 128;
static_assert(kDatagramBufferSize >= kLargestDatagram + kDatagramHeaderSize);
constexpr unsigned int kMaxBuffers = 32768;

// A stream that brings bulk is read directly, when it is readable, so many times; then it is
// received ahead again, in case it brings less by now.
constexpr std::uint8_t kDirectReads = 255;

unsigned int power_of_two(unsigned int value) {
  unsigned int power = 1;
  while (power < value)
    power *= 2;
  return power;
}

unsigned int buffer_count(unsigned int fallback) {
  return power_of_two(number_setting("VIOLET_URING_BUFFERS", fallback, kMaxBuffers));
}

Backlog& backlog_of(ListNode* deliverable) {
  return object_from_member<Backlog>(deliverable, offsetof(Backlog, deliverable));
}

}  // namespace

Arrivals::Arrivals(ChangeList& changes) : changes_(changes) {
  deliverable_.reset();
  datagram_shape_.msg_namelen = kSenderSize;
}

Arrivals::~Arrivals() {
  assert(deliverable_.empty());
}

void Arrivals::open_buffers_for(const Channel& channel, Ring& ring) {
  if (channel.is_shared()) return;
  if (channel.has_datagrams()) {
    if (!datagram_buffers_.is_open()) open_datagram_buffers(ring);
  } else if (channel.is_socket() && !tried_stream_buffers_) {
    tried_stream_buffers_ = true;
    open_stream_buffers(ring);
  }
}

void Arrivals::open_stream_buffers(Ring& ring) {
  const ReceiveSupport& offered = receive_support();
  if (!offered.streams) return;
  const bool incremental = offered.incremental_buffers;
  const unsigned int count = buffer_count(incremental ? kIncrementalBuffers : kPlainBuffers);
  const unsigned int size = number_setting(
      "VIOLET_URING_BUFFER_SIZE", incremental ? kIncrementalBufferSize : kPlainBufferSize, 1 << 20);
  const bool is_few = incremental && count > kFewIncrementalBuffers && size > kPartOfFewBuffers;
  const unsigned int few = is_few ? kFewIncrementalBuffers : count;
  const unsigned int part = is_few ? kPartOfFewBuffers : size;
  buffers_.open(ring.raw(), {count, size, few, part, incremental});
}

void Arrivals::open_datagram_buffers(Ring& ring) {
  if (!receive_support().datagrams) return;
  const unsigned int count = buffer_count(kDatagramBuffers);
  datagram_buffers_.open(ring.raw(),
                         {count, kDatagramBufferSize, count, kDatagramBufferSize, false});
}

void Arrivals::withdraw_buffers(Ring& ring) {
  buffers_.withdraw(ring.raw());
  datagram_buffers_.withdraw(ring.raw());
}

void Arrivals::close_buffers() {
  buffers_.close();
  tried_stream_buffers_ = false;
  datagram_buffers_.close();
}

void Arrivals::refill_buffers() {
  if (buffers_.is_open()) buffers_.refill();
  if (datagram_buffers_.is_open()) datagram_buffers_.refill();
}

void Arrivals::begin(Backlog& backlog, Channel& channel) {
  backlog = {};
  backlog.channel = &channel;
  backlog.has_datagrams = channel.has_datagrams();
}

void Arrivals::forget(Backlog& backlog) {
  drop(backlog);
  backlog.channel = nullptr;
}

void Arrivals::interest_changed(Backlog& backlog) {
  const bool is_wanted = (backlog.channel->wanted & kReceive) != 0;
  if (!is_wanted || !backlog.has_news()) {
    backlog.deliverable.unlink_if_linked();
  } else if (!backlog.deliverable.linked()) {
    deliverable_.push_back(backlog.deliverable);
  }
}

void Arrivals::prepare_receive(io_uring_sqe& entry, const Backlog& backlog) {
  const int socket = backlog.channel->descriptor.native();
  if (backlog.channel->has_datagrams()) {
    io_uring_prep_recvmsg_multishot(&entry, socket, &datagram_shape_, 0);
  } else {
    io_uring_prep_recv_multishot(&entry, socket, nullptr, 0, 0);
  }
  entry.flags |= IOSQE_BUFFER_SELECT;
  entry.buf_group = buffers_of(backlog).group();
}

void Arrivals::complete_receive(Backlog& backlog, std::int32_t result, std::uint32_t flags) {
  if (result == UV_ENOBUFS) buffers_of(backlog).note_shortage();
  if (result <= 0) return note_end(backlog, result == 0 ? UV_EOF : result);
  if (static_cast<std::size_t>(result) >= kBulk) backlog.direct_reads = kDirectReads;
  if (backlog.lost_bytes()) return discard(backlog.has_datagrams, result, flags);
  const BufferRing::Slice slice = buffers_of(backlog).accept(result, flags);
  append(backlog, {nullptr, slice.bytes, static_cast<std::uint32_t>(result), slice.buffer});
}

void Arrivals::discard(bool is_datagram, std::int32_t result, std::uint32_t flags) {
  if (result <= 0) return;
  BufferRing& buffers = is_datagram ? datagram_buffers_ : buffers_;
  buffers.give_back(buffers.accept(result, flags).buffer);
}

// The end of the stream, or an error. That we stopped a request or that the buffers ran out is
// neither: the request is armed again if it is still wanted. The first is the one that counts.
void Arrivals::note_end(Backlog& backlog, std::int32_t end) {
  if (end == UV_ECANCELED || end == UV_ENOBUFS || backlog.channel == nullptr) return;
  if (backlog.end != 0) return;
  backlog.end = end;
  interest_changed(backlog);
}

void Arrivals::append(Backlog& backlog, const Chunk& content) {
  Chunk* chunk = chunks_.take();
  if (chunk == nullptr) {
    // There is no memory to keep the bytes, so the stream ends here with an error: bytes that
    // followed would look as if none were missing. If it was a datagram, only that one is lost.
    buffers_of(backlog).give_back(content.buffer);
    changes_.note(*backlog.channel);
    return note_end(backlog, UV_ENOMEM);
  }
  chunk->hold(content);
  (backlog.first == nullptr ? backlog.first : backlog.last->next) = chunk;
  backlog.last = chunk;
  interest_changed(backlog);
  // A bulk stream: the receive is to be stopped.
  if (backlog.direct_reads > 0) changes_.note(*backlog.channel);
}

void Arrivals::release_storage(const Backlog& backlog, Chunk& chunk) {
  if (chunk.buffer != Chunk::kNoBuffer) {
    buffers_of(backlog).give_back(chunk.buffer);
  } else {
    release(chunk.heap);
  }
}

void Arrivals::drop_first(Backlog& backlog) {
  Chunk* chunk = backlog.first;
  assert(chunk != nullptr);
  backlog.first = chunk->next;
  release_storage(backlog, *chunk);
  chunks_.give_back(*chunk);
}

void Arrivals::drop(Backlog& backlog) {
  while (backlog.first != nullptr)
    drop_first(backlog);
  backlog.end = 0;
  backlog.deliverable.unlink_if_linked();
}

bool Arrivals::move_to_heap(Backlog& backlog) {
  for (Chunk* chunk = backlog.first; chunk != nullptr; chunk = chunk->next) {
    if (chunk->buffer == Chunk::kNoBuffer) continue;
    char* copy = duplicate_bytes(chunk->bytes, chunk->length);
    if (copy == nullptr) return false;
    buffers_of(backlog).give_back(chunk->buffer);
    chunk->buffer = Chunk::kNoBuffer;
    chunk->bytes = chunk->heap = copy;
  }
  return true;
}

void Arrivals::leave_buffers(Backlog& backlog) {
  if (move_to_heap(backlog)) return;
  drop(backlog);
  note_end(backlog, UV_ENOMEM);
}

bool Arrivals::make_room(const Backlog& backlog) {
  const BufferRing& buffers = buffers_of(backlog);
  if (!buffers.has_room()) reclaim(buffers);
  return buffers.has_room();
}

// Copies the bytes out of the buffers of channels whose owners have had their turn and did not take
// all: other channels wait for the buffers.
void Arrivals::reclaim(const BufferRing& buffers) {
  for (ListNode* node = deliverable_.head.next; node != &deliverable_.head; node = node->next) {
    Backlog& backlog = backlog_of(node);
    if (&buffers_of(backlog) != &buffers || !move_to_heap(backlog)) continue;
    changes_.note(*backlog.channel);
  }
}

std::int64_t Arrivals::take(Backlog& backlog, void* buffer, std::size_t size) {
  if (size == 0) return backlog.has_news() ? 0 : UV_EAGAIN;
  std::size_t taken = 0;
  while (backlog.first != nullptr && taken < size) {
    Chunk& chunk = *backlog.first;
    std::size_t part = chunk.length < size - taken ? chunk.length : size - taken;
    std::memcpy(static_cast<char*>(buffer) + taken, chunk.bytes, part);
    taken += part;
    chunk.bytes += part;
    chunk.length -= static_cast<std::uint32_t>(part);
    if (chunk.length == 0) drop_first(backlog);
  }
  std::int64_t result = static_cast<std::int64_t>(taken);
  if (taken == 0) result = take_end(backlog);
  note_taken(backlog);
  return result;
}

// The chunk holds what the kernel wrote: its header, the sender's address, the message.
int Arrivals::take_datagram(Backlog& backlog, const uv_buf_t& buffer, ReceivedDatagram& received) {
  if (backlog.first == nullptr) {
    const int end = take_end(backlog);
    note_taken(backlog);
    return end;
  }
  const Chunk& chunk = *backlog.first;
  assert(chunk.length >= kDatagramHeaderSize);
  io_uring_recvmsg_out header;
  std::memcpy(&header, chunk.bytes, sizeof(header));
  const char* message = chunk.bytes + kDatagramHeaderSize;
  const std::size_t size = chunk.length - kDatagramHeaderSize;
  received.size = size < buffer.len ? size : buffer.len;
  received.cut = size > buffer.len || (header.flags & MSG_TRUNC) != 0;
  std::memcpy(received.address, chunk.bytes + sizeof(header), kSenderSize);
  std::memcpy(buffer.base, message, received.size);
  drop_first(backlog);
  note_taken(backlog);
  return 0;
}

// What came after the last chunk; UV_EAGAIN when nothing did.
std::int32_t Arrivals::take_end(Backlog& backlog) {
  assert(backlog.first == nullptr);
  if (backlog.end == 0) return UV_EAGAIN;
  const std::int32_t end = backlog.end;
  backlog.end = 0;
  // An error of a datagram ends the request but not the interest.
  changes_.note(*backlog.channel);
  return end;
}

void Arrivals::note_taken(Backlog& backlog) {
  if (backlog.has_news()) return;
  backlog.deliverable.unlink_if_linked();
  // From here on a bulk stream is read directly, and a stream whose bytes were copied receives
  // again.
  const bool may_receive =
      (backlog.channel->wanted & kReceive) != 0 && backlog.receive == Multishot::kOff;
  if (backlog.direct_reads > 0 || may_receive) changes_.note(*backlog.channel);
}

void Arrivals::link_deliverable(ReadyList& ready) {
  for (ListNode* node = deliverable_.head.next; node != &deliverable_.head; node = node->next) {
    const Backlog& backlog = backlog_of(node);
    assert(backlog.has_news());
    backlog.channel->events |= kDelivered;
    if (backlog.end != 0) backlog.channel->events |= kDisconnect;
    ready.push_back_once(backlog.channel->ready);
  }
}

}  // namespace violet
