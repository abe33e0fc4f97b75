#include "handle/stream.h"

#include "core/call.h"
#include "handle/stream_parts.h"
#include "os/socket.h"

namespace violet {
namespace {

// A callback may have closed the stream: what is left comes in the closing phase. Or it has made it
// a listener, whose state lies where the writes were.
bool moves_no_more(const Stream& stream) {
  return stream.handle.has(kClosing | kListening);
}

void put_off_work(Stream& stream) {
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
  if (!stream.handle.has(kClosing)) put_off_work(stream);
}

void release_descriptor(Stream& stream) {
  loop_of(stream.handle).engine->forget(stream.channel);
  if (is_open(stream) && !is_standard_descriptor(stream.channel.descriptor)) {
    close_descriptor(stream.channel.descriptor);
  }
  stream.channel.descriptor = kNoDescriptor;
  finish_closing(stream.handle);
}

// The op is over, or queued writes are due to be flushed.
void on_op_ready(ReadyItem& item, Loop&) {
  Stream& stream = object_from_member<Stream>(&item, offsetof(Stream, op));
  bool was_submitted = stream.handle.has(kOpSubmitted);
  // Only due to be flushed: what waits goes when the op is over.
  if (was_submitted && stream.op.pending) return;
  // What came is read before a write fails: the other side may have said why it takes no more.
  if (was_submitted && stream.op.result <= 0 && !stream.handle.has(kClosing | kConnecting)) {
    note_loss(stream, stream.op.result);
    read_reported(stream);
    // Closed by a callback: the request has its turn in the closing phase.
    if (stream.handle.has(kClosing)) return;
  }
  stream.handle.clear(kOpSubmitted);
  if (was_submitted && stream.op.kind == OpKind::kConnect) {
    if (stream.handle.has(kClosing)) return release_descriptor(stream);
    return end_connect_after_poll(stream);
  }
  if (was_submitted && !stream.writes.waiting.empty()) {
    settle_write(stream, stream.op.result);
  }
  if (stream.handle.has(kClosing)) {
    const bool was_written = stream.op.result >= 0 && !stream.handle.has(kConnecting);
    if (was_written && has_waiting_writes(stream)) write_directly(stream);
    return release_descriptor(stream);
  }
  if (has_waiting_writes(stream) && !stream.handle.has(kConnecting)) write_waiting(stream);
  if (was_submitted) put_off_work(stream);
}

}  // namespace

void init_stream(Loop& loop, Stream& stream, const HandleKind& kind, std::size_t size) {
  init_handle(loop, stream.handle, kind, size);
  prepare_channel(stream.channel, kNoDescriptor, on_channel_ready, kNoTraits);
  stream.op.ready.run = on_op_ready;
  stream.op.channel = &stream.channel;
}

void open_stream(Stream& stream, Descriptor descriptor, HandleFlags directions, Traits traits) {
  // Not prepared anew: callbacks that were put off may be linked.
  stream.channel.descriptor = descriptor;
  stream.channel.traits = traits;
  stream.handle.set(directions);
}

Descriptor stream_descriptor(const Handle& handle) {
  return reinterpret_cast<const Stream&>(handle).channel.descriptor;
}

void put_off(Stream& stream) {
  loop_of(stream.handle).pending.push_back_once(stream.channel.ready);
}

void close_stream(Handle& handle) {
  Stream& stream = typed_from<Stream>(handle);
  stop_listening(stream);
  stop_reading(stream);
  handle.clear(kCanRead | kCanWrite);
  if (!handle.has(kOpSubmitted | kConnecting) && has_waiting_writes(stream)) write_directly(stream);
  // What it held back has its copies among those of other streams.
  release_held(stream);
  stream.channel.ready.link.unlink_if_linked();
  if (handle.has(kOpSubmitted)) {
    if (!loop_of(handle).engine->cancel(stream.op)) return;
    handle.clear(kOpSubmitted);
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
  if (stream.shutdown_request == nullptr) return;
  uv_shutdown_t* request = stream.shutdown_request;
  stream.shutdown_request = nullptr;
  end_request(loop_of(handle));
  if (request->cb == nullptr) return;
  call_program(CallbackKind::kShutdown, request->cb, request, UV_ECANCELED);
}

}  // namespace violet
