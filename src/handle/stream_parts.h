// What the parts of a stream (stream_*.cc) know of each other.
#pragma once

#include "handle/stream.h"

namespace violet {

inline bool has_waiting_writes(const Stream& stream) {
  return !stream.handle.has(kListening) && !stream.writes().waiting.empty();
}

// Has do_put_off_work() run in the next pending phase.
inline void put_off(Stream& stream) {
  loop_of(stream.handle).pending.push_back_once(stream.channel.ready);
}
// Calls the callbacks that were put off and goes on with what waited for them.
void do_put_off_work(Stream& stream);
// The stream is closing, and the kernel owns nothing of it any more.
void release_descriptor(Stream& stream);

void read_available(Stream& stream, Events events);
// What the engine reported and no callback has been told yet.
void read_reported(Stream& stream);
// Reading cannot go on: the reader is told why.
void fail_reading(Stream& stream, int error);
// Reads from an IPC pipe and keeps the descriptors that come along (pipe.cc).
std::int64_t receive_passed(Stream& stream, const uv_buf_t& buffer);
// Keeps those that came with what the engine has just handed over (pipe.cc).
void keep_passed(Stream& stream);

// When the bytes go: `kNow` leaves nothing to the engine's next wait that the kernel would take.
enum class Pace : bool { kWithWait, kNow };
// Writes what is waiting, as far as possible. Calls nothing.
void write_waiting(Stream& stream, Pace pace);
// As is right for where we are: nothing may follow soon outside of a run.
void write_waiting(Stream& stream);
// For Op::ready: the engine is through with a write, or queued ones have their turn.
void on_write_turn(ReadyItem& item, Loop& loop);
// Outside of a run: what this and other streams of the loop hold back goes out.
void release_held(const Stream& stream);
// Without the engine, as far as the kernel takes it at once.
void write_directly(Stream& stream);
// Its stream closes, and the engine is through with a write: what waits behind it is offered once,
// as it would have been with nothing under way.
void settle_last_write(Stream& stream);
// After write_directly(), which leaves that to its caller: the callbacks that are owed come, and
// what there was no room for is written later.
void go_on_writing(Stream& stream);
// Keeps an error that ends the connection, which a write took off the socket, for the reader.
void note_loss(Stream& stream, std::int64_t result);
// Calls the callbacks of the writes that are finished now.
void hand_out_finished(Stream& stream);
// Every waiting write ends with `error`.
void fail_waiting(Stream& stream, int error);

void finish_connect(Stream& stream, int status);
void shut_down_if_drained(Stream& stream);

void accept_available(Stream& stream, Events events);
void stop_listening(Stream& stream);

}  // namespace violet
