// What the parts of a stream (stream_*.cc) know of each other.
#pragma once

#include "handle/stream.h"

namespace violet {

inline bool has_waiting_writes(const Stream& stream) {
  return !stream.handle.has(kListening) && !stream.writes.waiting.empty();
}

// Has put_off_work() run in the next pending phase.
void put_off(Stream& stream);

void read_available(Stream& stream, Events events);
// What the engine reported and no callback has been told yet.
void read_reported(Stream& stream);
// Reading cannot go on: the reader is told why.
void fail_reading(Stream& stream, int error);
// Reads from an IPC pipe and keeps the descriptors that come along (pipe.cc).
std::int64_t receive_passed(Stream& stream, const uv_buf_t& buffer);

// Writes what is waiting, as far as possible now, or with the engine's next wait. Calls nothing.
void write_waiting(Stream& stream);
// The same, but leaves nothing to the engine's next wait that the kernel would take now.
void offer_waiting(Stream& stream);
// Outside of a run: what this and other streams of the loop hold back goes out.
void release_held(const Stream& stream);
// Without the engine, as far as the kernel takes it at once.
void write_directly(Stream& stream);
// After write_directly(), which leaves that to its caller: the callbacks that are owed come, and
// what there was no room for is written later.
void go_on_writing(Stream& stream);
// Ends what the engine was given; `result` is bytes or an error.
void settle_write(Stream& stream, std::int64_t result);
// Keeps an error that ends the connection, which a write took off the socket, for the reader.
void note_loss(Stream& stream, std::int64_t result);
// Calls the callbacks of the writes that are finished now.
void hand_out_finished(Stream& stream);
// Every waiting write ends with `error`.
void fail_waiting(Stream& stream, int error);

void finish_connect(Stream& stream, int status);
// The engine says how the connect has ended; its callback comes behind the events of this poll.
void end_connect_after_poll(Stream& stream);
void shut_down_if_drained(Stream& stream);

void accept_available(Stream& stream, Events events);
void stop_listening(Stream& stream);

}  // namespace violet
