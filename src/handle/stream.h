// What TCP sockets, pipes and terminals have in common. The parts: stream.cc (opening, closing,
// what is put off), stream_read.cc, stream_write.cc, stream_connect.cc (and shutdown),
// stream_listen.cc.
#pragma once

#include <cassert>

#include "core/loop.h"
#include "core/public_layout.h"
#include "handle/write_queue.h"

namespace violet {

// Flags of streams.
// The public ones; see HandleFlags. uvloop sets kCanRead on a pipe that can only be written to, and
// reads from it to learn that the other side has closed.
inline constexpr HandleFlags kShuttingDown = 0x100;
inline constexpr HandleFlags kShutDown = 0x200;   // shown only
inline constexpr HandleFlags kReadEnded = 0x800;  // shown only
inline constexpr HandleFlags kReading = 0x1000;
inline constexpr HandleFlags kCanRead = 0x4000;
inline constexpr HandleFlags kCanWrite = 0x8000;
inline constexpr HandleFlags kBlockingWrites = 0x100000;  // shown only, of terminals
// Ours alone.
inline constexpr HandleFlags kBlocking = kFirstTypeFlag << 5;
inline constexpr HandleFlags kListening = kFirstTypeFlag;
inline constexpr HandleFlags kConnecting = kFirstTypeFlag << 1;
inline constexpr HandleFlags kConnectOver = kFirstTypeFlag << 2;        // `delayed_error` tells how
inline constexpr HandleFlags kOpSubmitted = kFirstTypeFlag << 3;        // the engine has `op`
inline constexpr HandleFlags kPassesDescriptors = kFirstTypeFlag << 4;  // an IPC pipe

// How many writes a stream has offered to the kernel in the current iteration. A zeroed one has
// offered nothing.
class WriteOffers {
 public:
  static constexpr std::uint32_t kMost = 8;

  // False when they are used up.
  bool take(std::uint32_t iteration) {
    const std::uint32_t none = iteration * kTurns;
    if (word_ - none >= kTurns) word_ = none;
    if (word_ - none == kMost) return false;
    ++word_;
    return true;
  }

 private:
  static constexpr std::uint32_t kTurns = 16;
  static_assert(kMost < kTurns);

  std::uint32_t word_;  // the iteration in the upper bits
};

// Which queue a write is in tells how far it is: `waiting` until its last byte is written,
// `finished` until its callback has run.
struct StreamWrites {
  WriteQueue waiting;
  WriteQueue finished;
};

// What was asked of a TCP socket before there is one. Systems refuse values that are far smaller
// than what fits.
struct SmallKeepAlive {
  std::uint16_t idle_seconds;
  std::uint16_t interval_seconds;
  std::uint16_t count;
};

struct PipeExtra;

// A stream either moves bytes or listens: kListening tells which, and so which member of its unions
// is valid. They are reached by the functions below, which look.
struct Stream {
  using Public = uv_stream_t;

  Handle handle;
  union {
    StreamWrites writes;
    TimerItem accept_retry;
  } moving_or_listening;
  union {
    uv_shutdown_t* shutdown_request;
    Descriptor accepted;
  } ending_or_accepting;
  HandleTail tail;
  std::size_t write_queue_size;
  uv_alloc_cb alloc_callback;
  uv_read_cb read_callback;
  // Which of the three is valid: the first while kConnecting is set, the second while kListening
  // is, else the third.
  union {
    uv_connect_t* connect_request;
    uv_connection_cb connection_callback;
    std::intptr_t lost_by;
  } connecting_or_listening;
  // An error of a bind or connect that a later call or the callback reports.
  std::int32_t delayed_error;
  union {
    WriteOffers offers;
    std::uint32_t failed_accepts;
  } offering_or_accepting;
  // `ready` is linked by the engine when something happened, and in the loop's `pending` when
  // callbacks have been put off.
  Channel channel;
  // The connect, then the writes, then the shutdown. `ready` is linked by the engine when the op is
  // over, and in the loop's `queued_output` while queued writes wait for it.
  Op op;
  // What the stream's type keeps besides: `handle.type` tells which.
  union {
    SmallKeepAlive keep_alive;  // UV_TCP
    PipeExtra* pipe_extra;      // UV_NAMED_PIPE
  } of_type;

  // Of a stream that moves bytes.
  StreamWrites& writes() { return as_mover().moving_or_listening.writes; }
  const StreamWrites& writes() const { return const_cast<Stream*>(this)->writes(); }
  WriteOffers& offers() { return as_mover().offering_or_accepting.offers; }
  uv_shutdown_t*& shutdown_request() { return as_mover().ending_or_accepting.shutdown_request; }
  uv_connect_t*& connect_request() {
    assert(handle.has(kConnecting));
    return as_mover().connecting_or_listening.connect_request;
  }
  // The error by which a write learnt that the connection is lost. The kernel reports it only once,
  // so the reader gets it from here instead of a clean end.
  std::intptr_t& lost_by() {
    assert(!handle.has(kConnecting));
    return as_mover().connecting_or_listening.lost_by;
  }

  // Of a listener. Runs while the process has no free descriptor to accept with.
  TimerItem& accept_retry() { return as_listener().moving_or_listening.accept_retry; }
  // Tries in a row that found no free descriptor.
  std::uint32_t& failed_accepts() { return as_listener().offering_or_accepting.failed_accepts; }
  // A connection that uv_accept() has not taken yet.
  Descriptor& accepted() { return as_listener().ending_or_accepting.accepted; }
  const Descriptor& accepted() const { return const_cast<Stream*>(this)->accepted(); }
  uv_connection_cb& on_connection() {
    return as_listener().connecting_or_listening.connection_callback;
  }

 private:
  Stream& as_mover() {
    assert(!handle.has(kListening));
    return *this;
  }
  Stream& as_listener() {
    assert(handle.has(kListening));
    return *this;
  }
};

static_assert(sizeof(Stream) <= sizeof(uv_stream_t));
static_assert(offsetof(Stream, tail) == kHandleTailOffset);
static_assert(watcher_in_place<Stream>());
static_assert(offsetof(Stream, write_queue_size) == offsetof(uv_stream_t, write_queue_size));
static_assert(offsetof(Stream, alloc_callback) == offsetof(uv_stream_t, alloc_cb));
static_assert(offsetof(Stream, read_callback) == offsetof(uv_stream_t, read_cb));

// Life. `size` is the whole type's.
void init_stream(Loop& loop, Stream& stream, const HandleKind& kind, std::size_t size);
// Gives the stream its descriptor. `directions` is of kCanRead and kCanWrite.
void open_stream(Stream& stream, Descriptor descriptor, HandleFlags directions, Nature nature,
                 Sharing sharing);
// UV_EEXIST while another handle of the loop is active on the descriptor.
inline int check_unused(const Stream& stream, Descriptor descriptor) {
  return loop_of(stream.handle).engine->check_unused(descriptor);
}
inline bool is_open(const Stream& stream) {
  return stream.channel.descriptor.is_open();
}
Descriptor stream_descriptor(const Handle& handle);
// For HandleKind.
void close_stream(Handle& handle);
void hand_out_cancelled(Handle& handle);

// Reading.
int start_reading(Stream& stream, uv_alloc_cb alloc_callback, uv_read_cb read_callback);
void stop_reading(Stream& stream);

// Writing. `send_handle` may be null.
int start_write(Stream& stream, WriteRequest& request, const uv_buf_t* buffers, unsigned int count,
                uv_stream_t* send_handle, uv_write_cb callback);
std::int64_t try_write(Stream& stream, const uv_buf_t* buffers, unsigned int count,
                       uv_stream_t* send_handle);
int set_blocking(Stream& stream, bool blocking);

// Connecting. The stream has its socket. Errors of connect(2) are returned, except those that say
// something about the other side: they come through the callback.
int start_connect(Stream& stream, uv_connect_t* request, const struct sockaddr* address,
                  unsigned int size, uv_connect_cb callback);
// Has the callback called with `error` in the pending phase.
void fail_connect(Stream& stream, uv_connect_t* request, uv_connect_cb callback, int error);
int start_shutdown(Stream& stream, uv_shutdown_t* request, uv_shutdown_cb callback);

// Listening. The stream has its socket.
int start_listening(Stream& stream, int backlog, uv_connection_cb callback);
// The connection that the callback announced: 0, or UV_EAGAIN.
int take_accepted(Stream& server, OwnedDescriptor& accepted);

}  // namespace violet
