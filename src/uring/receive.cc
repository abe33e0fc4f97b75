// What came before anybody asked: received bytes and accepted sockets, kept in order until take().
#include <unistd.h>

#include <cstring>

#include "os/datagram.h"
#include "uring/engine_class.h"

namespace violet {
namespace {

// A stream that brings bulk is read by readiness. After a while we look again.
constexpr std::uint16_t kDirectReads = 256;

}  // namespace

bool UringEngine::complete_receive(const Key& key, std::int32_t result, std::uint32_t flags) {
  ChannelRecord* record = channels_.find(key);
  if (record == nullptr) return false;
  const bool is_awaited = record->channel != nullptr && result != UV_ECANCELED;
  if (result > 0) {
    BufferRing::Slice slice = record->buffers->accept(result, flags);
    if (static_cast<std::size_t>(result) >= kBulk) record->direct_reads = kDirectReads;
    if (record->channel == nullptr || record->lost_bytes()) {
      record->buffers->give_back(slice.buffer);
    } else {
      append_chunk(*record, {nullptr, slice.bytes, static_cast<std::uint32_t>(result), slice.buffer,
                             kNoDescriptor});
    }
  } else {
    note_end(*record, result == 0 ? UV_EOF : result);
  }
  if ((flags & IORING_CQE_F_MORE) == 0) multishot_is_over(*record, record->receive);
  return is_awaited;
}

bool UringEngine::complete_accept(const Key& key, std::int32_t result, std::uint32_t flags) {
  ChannelRecord* record = channels_.find(key);
  if (record == nullptr) return false;
  const bool is_awaited = record->channel != nullptr && result != UV_ECANCELED;
  if (result < 0) {
    note_end(*record, result);
  } else if (record->channel == nullptr) {
    close(result);
  } else {
    append_chunk(*record, {nullptr, nullptr, sizeof(Descriptor), Chunk::kNoBuffer, result});
  }
  if ((flags & IORING_CQE_F_MORE) == 0) multishot_is_over(*record, record->accept);
  return is_awaited;
}

// The end of the stream, or an error. That we stopped a request or that the buffers ran out is
// neither: the request is armed again if it is still wanted. The first is the one that counts.
void UringEngine::note_end(ChannelRecord& record, std::int32_t end) {
  if (end == UV_ECANCELED || end == UV_ENOBUFS || record.channel == nullptr) return;
  if (record.end != 0) return;
  record.end = end;
  list_if_deliverable(record);
}

void UringEngine::list_if_deliverable(ChannelRecord& record) {
  bool is_wanted = (record.channel->wanted & (kReceive | kAccept)) != 0;
  if (!is_wanted || !record.has_news()) {
    record.deliverable.unlink_if_linked();
  } else if (!record.deliverable.linked()) {
    deliverable_.push_back(record.deliverable);
  }
}

void UringEngine::multishot_is_over(ChannelRecord& record, Multishot& state) {
  state = Multishot::kOff;
  if (record.channel != nullptr) note_change(*record.channel);
  request_is_over(record);
}

Chunk* UringEngine::take_chunk(const Chunk& content) {
  if (Chunk* chunk = free_chunks_; chunk != nullptr) {
    free_chunks_ = chunk->next;
    return chunk;
  }
  Chunk* chunk = create<Chunk>();
  if (chunk != nullptr || content.accepted == kNoDescriptor) return chunk;
  if (chunk = reserved_free_; chunk != nullptr) {
    reserved_free_ = chunk->next;
    return chunk;
  }
  return reserved_used_ < kReservedChunks ? &reserved_[reserved_used_++] : nullptr;
}

void UringEngine::give_back_chunk(Chunk& chunk) {
  const bool is_reserved = &chunk >= reserved_ && &chunk < reserved_ + kReservedChunks;
  Chunk*& free = is_reserved ? reserved_free_ : free_chunks_;
  chunk.next = free;
  free = &chunk;
}

void UringEngine::append_chunk(ChannelRecord& record, const Chunk& content) {
  Chunk* chunk = take_chunk(content);
  if (chunk == nullptr) {
    // The bytes cannot be kept, so the stream ends here: its owner hears of it, and what follows
    // must not look as if nothing were missing. A datagram or a connection is lost alone.
    if (content.buffer != Chunk::kNoBuffer) record.buffers->give_back(content.buffer);
    if (content.accepted != kNoDescriptor) close(content.accepted);
    note_change(*record.channel);
    return note_end(record, UV_ENOMEM);
  }
  *chunk = content;
  (record.first == nullptr ? record.first : record.last->next) = chunk;
  record.last = chunk;
  list_if_deliverable(record);
  // To be stopped.
  if (record.direct_reads > 0) note_change(*record.channel);
}

void UringEngine::release_storage(const ChannelRecord& record, Chunk& chunk) {
  if (chunk.buffer != Chunk::kNoBuffer) {
    record.buffers->give_back(chunk.buffer);
  } else {
    release(chunk.heap);
  }
}

void UringEngine::drop_first_chunk(ChannelRecord& record) {
  Chunk* chunk = record.first;
  record.first = chunk->next;
  release_storage(record, *chunk);
  give_back_chunk(*chunk);
}

void UringEngine::drop_chunks(ChannelRecord& record) {
  while (record.first != nullptr) {
    if (record.first->accepted != kNoDescriptor) close(record.first->accepted);
    drop_first_chunk(record);
  }
  record.end = 0;
  record.deliverable.unlink_if_linked();
}

// A stream that is not being read must not sit on the buffers of those that are. Without memory for
// a copy it keeps them.
bool UringEngine::move_chunks_to_heap(ChannelRecord& record) {
  for (Chunk* chunk = record.first; chunk != nullptr; chunk = chunk->next) {
    if (chunk->buffer == Chunk::kNoBuffer) continue;
    char* copy = duplicate_bytes(chunk->bytes, chunk->length);
    if (copy == nullptr) return false;
    record.buffers->give_back(chunk->buffer);
    chunk->buffer = Chunk::kNoBuffer;
    chunk->bytes = chunk->heap = copy;
  }
  return true;
}

// From those whose owners have had their turn and left bytes: others wait for the buffers.
void UringEngine::reclaim_buffers(const BufferRing& buffers) {
  for (ListNode* node = deliverable_.head.next; node != &deliverable_.head; node = node->next) {
    ChannelRecord& record =
        object_from_member<ChannelRecord>(node, offsetof(ChannelRecord, deliverable));
    if (record.buffers != &buffers || !move_chunks_to_heap(record)) continue;
    note_change(*record.channel);
  }
}

std::int64_t UringEngine::take(Channel& channel, void* buffer, std::size_t size) {
  ChannelRecord* record = record_of(channel);
  if (record == nullptr) return UV_EAGAIN;
  if (size == 0) return record->has_news() ? 0 : UV_EAGAIN;
  std::size_t taken = 0;
  while (record->first != nullptr && taken < size) {
    Chunk& chunk = *record->first;
    if (chunk.accepted != kNoDescriptor) {
      std::memcpy(buffer, &chunk.accepted, sizeof(Descriptor));
      taken = size = sizeof(Descriptor);
      drop_first_chunk(*record);
      continue;
    }
    std::size_t part = chunk.length < size - taken ? chunk.length : size - taken;
    std::memcpy(static_cast<char*>(buffer) + taken, chunk.bytes, part);
    taken += part;
    chunk.bytes += part;
    chunk.length -= static_cast<std::uint32_t>(part);
    if (chunk.length == 0) drop_first_chunk(*record);
  }
  std::int64_t result = static_cast<std::int64_t>(taken);
  if (taken == 0) result = take_end(*record);
  note_taken(*record);
  return result;
}

// What came after the last chunk; UV_EAGAIN when nothing did.
std::int32_t UringEngine::take_end(ChannelRecord& record) {
  if (record.end == 0) return UV_EAGAIN;
  const std::int32_t end = record.end;
  record.end = 0;
  // An error of accept(2) or of a datagram ends the request but not the interest.
  note_change(*record.channel);
  return end;
}

void UringEngine::note_taken(ChannelRecord& record) {
  if (record.has_news()) return;
  record.deliverable.unlink_if_linked();
  // A bulk stream is read directly from here on, one that had copies receives again.
  const bool may_receive =
      (record.channel->wanted & kReceive) != 0 && record.receive == Multishot::kOff;
  if (record.direct_reads > 0 || may_receive) note_change(*record.channel);
}

// A chunk is what the kernel wrote: a header, the sender, the message.
int UringEngine::take_datagram(Channel& channel, const uv_buf_t& buffer,
                               ReceivedDatagram& received) {
  ChannelRecord* record = record_of(channel);
  if (record == nullptr) return UV_EAGAIN;
  if (record->first == nullptr) {
    const int end = take_end(*record);
    note_taken(*record);
    return end;
  }
  const Chunk& chunk = *record->first;
  io_uring_recvmsg_out header;
  std::memcpy(&header, chunk.bytes, sizeof(header));
  const char* message = chunk.bytes + kDatagramHeaderSize;
  const std::size_t size = chunk.length - kDatagramHeaderSize;
  received.size = size < buffer.len ? size : buffer.len;
  received.cut = size > buffer.len || (header.flags & MSG_TRUNC) != 0;
  std::memcpy(received.address, chunk.bytes + sizeof(header), kSenderSize);
  std::memcpy(buffer.base, message, received.size);
  drop_first_chunk(*record);
  note_taken(*record);
  return 0;
}

}  // namespace violet
