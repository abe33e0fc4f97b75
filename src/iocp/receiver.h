// Bytes and datagrams that are received before anybody asked for them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/list.h"
#include "engine.h"
#include "iocp/buffer_pool.h"
#include "iocp/operation.h"

namespace violet {

struct ChannelRecord;

// The receives of one channel, one at a time.
struct Receiver {
  Operation operation;
  DWORD flags;            // the kernel's while a receive is under way
  bool is_posted;         // a receive is under way
  bool has_message;       // `bytes` of `buffer` are to be taken
  bool may_have_more;     // the last receive filled its buffer: the system is asked directly
  bool is_readable;       // without a buffer: something came, and the reader is to look
  std::int32_t end;       // 0, UV_EOF or an error
  ReceiveBuffer* buffer;  // null: the kernel only tells that something came
  char* bytes;            // what is left
  std::uint32_t length;
  bool is_quiet;         // it had to give its buffer to another channel, and nothing has come since
  std::uint32_t turn;    // in which the receive was posted
  ListNode with_buffer;  // linked while a receive with a buffer is under way

  bool has_news() const { return has_message || may_have_more || is_readable || end != 0; }
};

class Receives {
 public:
  Receives() { with_buffers_.reset(); }
  // To be called before each wait of the loop.
  void begin_turn() { ++turn_; }
  // True when the kernel has the receive. False when it is over at once, or nothing was to be done.
  bool post(ChannelRecord& record);
  // To be called when the packet of a receive has come.
  void complete(ChannelRecord& record, LONG status, std::uint32_t size);
  // Drops what was received.
  void drop(ChannelRecord& record);

  // As Engine::take(). UV_EAGAIN when everything is taken.
  std::int64_t take(ChannelRecord& record, void* buffer, std::size_t size);
  // As Engine::take_datagram(), from what was received.
  int take_datagram(ChannelRecord& record, const uv_buf_t& buffer, ReceivedDatagram& received);

 private:
  void note(ChannelRecord& record, int error, std::uint32_t size);
  bool post_to_pipe(ChannelRecord& record);
  std::int64_t take_message(Receiver& receiver, void* buffer, std::size_t size);
  void give_back(Receiver& receiver);

  ReceiveBuffer* buffer_for(const Receiver& receiver);
  void free_oldest_buffer();

  BufferPool pool_;
  List with_buffers_;  // by Receiver::with_buffer, the oldest first
  std::uint32_t turn_ = 0;
};

}  // namespace violet
