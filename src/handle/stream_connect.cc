// Connecting, and shutting down the writing side.
#include "core/call.h"
#include "handle/stream_parts.h"
#include "os/socket.h"

namespace violet {
namespace {

RequestHeader& header_of(void* request) {
  return *static_cast<RequestHeader*>(request);
}

void begin_connect(Stream& stream, uv_connect_t* request, uv_connect_cb callback) {
  begin_request(loop_of(stream.handle), header_of(request), UV_CONNECT);
  request->cb = callback;
  request->handle = public_handle(stream);
  stream.handle.set(kConnecting);
  stream.connect_request() = request;
}

void end_connect_later(Stream& stream, int status) {
  stream.delayed_error = status;
  stream.handle.set(kConnectOver);
  put_off(stream);
}

// The callback waits until the poll phase has handled all events, so that a listener of the same
// loop is told of the connection first, in whichever order the engine reported the two.
void on_connect_over(ReadyItem& item, Loop& loop) {
  Stream& stream = object_from_member<Stream>(&item, offsetof(Stream, op));
  stream.handle.clear(kOpSubmitted);
  if (stream.handle.has(kClosing)) return release_descriptor(stream);
  stream.delayed_error = stream.op.result;
  stream.handle.set(kConnectOver);
  loop.after_poll.push_back_once(stream.channel.ready);
}

void finish_shutdown(Stream& stream, int status) {
  uv_shutdown_t* request = stream.shutdown_request();
  stream.shutdown_request() = nullptr;
  stream.handle.clear(kShuttingDown);
  if (status == 0) stream.handle.set(kShutDown);
  end_request(loop_of(stream.handle));
  if (request->cb != nullptr) call_program(CallbackKind::kShutdown, request->cb, request, status);
}

// Called only where a shutdown has to wait for the other side.
void on_shutdown_over(ReadyItem& item, Loop&) {
  Stream& stream = object_from_member<Stream>(&item, offsetof(Stream, op));
  stream.handle.clear(kOpSubmitted);
  if (stream.handle.has(kClosing)) return release_descriptor(stream);
  finish_shutdown(stream, stream.op.result);
}

// Errors of connect(2) that say something about the other side. They are reported through the
// callback even if connect(2) returns them at once.
bool is_told_later(int error) {
  return error == 0 || error == UV_ECONNREFUSED;
}

}  // namespace

int start_connect(Stream& stream, uv_connect_t* request, const sockaddr* address, unsigned int size,
                  uv_connect_cb callback) {
  // From here on the op belongs to the connect. So writes that were collected before it are offered
  // to the kernel now; their result has nothing to do with the connect's.
  release_held(stream);
  if (has_waiting_writes(stream)) {
    write_directly(stream);
    if (!stream.writes().finished.empty()) put_off(stream);
  }
  const ConnectArgument argument = {address, size};
  stream.op.ready.run = on_connect_over;
  Submitted submitted = loop_of(stream.handle).engine->connect(stream.op, argument);
  if (submitted == Submitted::kDone && !is_told_later(stream.op.result)) {
    const int error = stream.op.result;
    go_on_writing(stream);
    return error;
  }
  begin_connect(stream, request, callback);
  if (submitted == Submitted::kPending) {
    stream.handle.set(kOpSubmitted);
  } else if (stream.op.result == 0) {
    stream.handle.set(kConnectOver);
    loop_of(stream.handle).after_next_poll.push_back_once(stream.channel.ready);
  } else {
    end_connect_later(stream, stream.op.result);
  }
  return 0;
}

void fail_connect(Stream& stream, uv_connect_t* request, uv_connect_cb callback, int error) {
  begin_connect(stream, request, callback);
  end_connect_later(stream, error);
}

void finish_connect(Stream& stream, int status) {
  uv_connect_t* request = stream.connect_request();
  stream.connect_request() = nullptr;
  stream.handle.clear(kConnecting | kConnectOver);
  stream.delayed_error = 0;
  end_request(loop_of(stream.handle));
  int deaf = 0;
  if (!stream.handle.has(kClosing)) {
    if (status != 0) fail_waiting(stream, UV_ECANCELED);
    if (status == 0 && has_waiting_writes(stream)) write_waiting(stream);
    if (stream.handle.has(kReading)) {
      deaf = loop_of(stream.handle).engine->watch(stream.channel, kReceive);
    }
  }
  if (request->cb != nullptr) call_program(CallbackKind::kConnect, request->cb, request, status);
  // Without its interest the reader would wait for ever, unless the callback has stopped or
  // restarted it.
  const bool still_deaf = stream.handle.has(kReading) && stream.channel.wanted == kNoEvents;
  if (deaf != 0 && still_deaf) fail_reading(stream, deaf);
}

int start_shutdown(Stream& stream, uv_shutdown_t* request, uv_shutdown_cb callback) {
  if (!stream.handle.has(kCanWrite) || stream.handle.has(kShuttingDown | kClosing)) {
    return UV_ENOTCONN;
  }
  begin_request(loop_of(stream.handle), header_of(request), UV_SHUTDOWN);
  request->handle = public_handle(stream);
  request->cb = callback;
  stream.shutdown_request() = request;
  stream.handle.set(kShuttingDown);
  stream.handle.clear(kCanWrite);
  if (!has_waiting_writes(stream) && !stream.handle.has(kConnecting)) put_off(stream);
  return 0;
}

void shut_down_if_drained(Stream& stream) {
  if (stream.shutdown_request() == nullptr) return;
  if (stream.handle.has(kConnecting | kClosing | kOpSubmitted)) return;
  if (!stream.writes().waiting.empty() || !stream.writes().finished.empty()) return;
  stream.op.ready.run = on_shutdown_over;
  if (loop_of(stream.handle).engine->shut_down(stream.op) == Submitted::kPending) {
    stream.handle.set(kOpSubmitted);
  } else {
    finish_shutdown(stream, stream.op.result);
  }
}

}  // namespace violet
