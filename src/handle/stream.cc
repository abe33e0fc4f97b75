#include "handle/stream.h"

#include "core/call.h"
#include "handle/stream_parts.h"
#include "os/socket.h"

namespace violet {
namespace {

// True when a callback has closed the stream, which leaves the rest to the closing phase, or has
// made it a listener, whose state lies in the same union as that of the writes.
bool moves_no_more(const Stream& stream) {
  return stream.handle.has(kClosing | kListening);
}

void on_channel_ready(ReadyItem& item, Loop&) {
  Stream& stream = object_from_member<Stream>(&item, offsetof(Stream, channel));
  Events events = stream.channel.events;
  stream.channel.events = kNoEvents;
  if (events != kNoEvents) {
    if (stream.handle.has(kListening)) {
      accept_available(stream, events);
    } else if (stream.handle.has(kReading)) {
      read_available(stream, events);
    }
  }
  if (!stream.handle.has(kClosing)) do_put_off_work(stream);
}

}  // namespace

void init_stream(Loop& loop, Stream& stream, const HandleKind& kind, std::size_t size) {
  init_handle(loop, stream.handle, kind, size);
  prepare_channel(stream.channel, kNoDescriptor, on_channel_ready, Nature::kSocket, Sharing::kOwn);
  stream.op.ready.run = on_write_turn;
  stream.op.channel = &stream.channel;
}

void open_stream(Stream& stream, Descriptor descriptor, HandleFlags directions, Nature nature,
                 Sharing sharing) {
  // Only these members are set: `ready` may be linked already, for callbacks that were put off.
  stream.channel.descriptor = descriptor;
  stream.channel.nature = nature;
  stream.channel.sharing = sharing;
  stream.handle.set(directions);
}

Descriptor stream_descriptor(const Handle& handle) {
  return reinterpret_cast<const Stream&>(handle).channel.descriptor;
}

void do_put_off_work(Stream& stream) {
  if (stream.handle.has(kListening)) return;
  if (stream.handle.has(kConnectOver)) finish_connect(stream, stream.delayed_error);
  if (moves_no_more(stream)) return;
  hand_out_finished(stream);
  if (moves_no_more(stream)) return;
  if (has_waiting_writes(stream) && !stream.handle.has(kOpSubmitted | kConnecting)) {
    write_waiting(stream);
  }
  shut_down_if_drained(stream);
}

void release_descriptor(Stream& stream) {
  loop_of(stream.handle).engine->forget(stream.channel);
  if (is_open(stream) && !is_standard_descriptor(stream.channel.descriptor)) {
    close_descriptor(stream.channel.descriptor);
  }
  stream.channel.descriptor = kNoDescriptor;
  finish_closing(stream.handle);
}

void close_stream(Handle& handle) {
  Stream& stream = typed_from<Stream>(handle);
  stop_listening(stream);
  stop_reading(stream);
  handle.clear(kCanRead | kCanWrite);
  if (!handle.has(kOpSubmitted | kConnecting) && has_waiting_writes(stream)) write_directly(stream);
  // Clears the copies of what this stream held back (core/held_output.h).
  release_held(stream);
  stream.channel.ready.link.unlink_if_linked();
  if (handle.has(kOpSubmitted)) {
    if (!loop_of(handle).engine->cancel(stream.op)) return;
    stream.op.ready.link.unlink_if_linked();
    const bool is_writing = stream.op.kind == OpKind::kWrite;
    handle.clear(kOpSubmitted);
    if (is_writing) settle_last_write(stream);
  }
  stream.op.ready.link.unlink_if_linked();
  release_descriptor(stream);
}

void hand_out_cancelled(Handle& handle) {
  Stream& stream = typed_from<Stream>(handle);
  if (handle.has(kListening)) return;
  if (handle.has(kConnecting)) finish_connect(stream, UV_ECANCELED);
  fail_waiting(stream, UV_ECANCELED);
  hand_out_finished(stream);
  if (stream.shutdown_request() == nullptr) return;
  uv_shutdown_t* request = stream.shutdown_request();
  stream.shutdown_request() = nullptr;
  end_request(loop_of(handle));
  if (request->cb == nullptr) return;
  call_program(CallbackKind::kShutdown, request->cb, request, UV_ECANCELED);
}

}  // namespace violet
