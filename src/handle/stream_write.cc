// Writing: what goes out at once, what waits, and when the callbacks run.
#include <cassert>
#include <climits>
#include <cstring>

#include "base/allocator.h"
#include "core/call.h"
#include "core/loop_owner.h"
#include "handle/stream_parts.h"
#include "os/socket.h"

namespace violet {
namespace {

// A peer that reads as fast as we write must not keep the loop from its other work.
constexpr int kMaxWritesPerTurn = 32;

std::size_t total_size(const uv_buf_t* buffers, unsigned int count) {
  std::size_t total = 0;
  for (unsigned int i = 0; i < count; ++i)
    total += buffers[i].len;
  return total;
}

int check_writable(const Stream& stream, const uv_stream_t* send_handle, Descriptor& passed) {
  passed = kNoDescriptor;
  // A pipe that is opened by connecting can be written to before it is open.
  const bool is_usable = is_open(stream) || stream.handle.has(kConnecting);
  if (!is_usable || stream.handle.has(kClosing)) return UV_EBADF;
  if (!stream.handle.has(kCanWrite)) return UV_EPIPE;
  if (send_handle == nullptr) return 0;
  if (!stream.handle.has(kPassesDescriptors)) return UV_EINVAL;
  const Handle& sent = reinterpret_cast<const Handle&>(*send_handle);
  if (sent.kind->descriptor == nullptr) return UV_EINVAL;
  passed = sent.has(kClosing) ? kNoDescriptor : sent.kind->descriptor(sent);
  return passed == kNoDescriptor ? UV_EBADF : 0;
}

// libuv 1.52 refuses any other.
bool is_buffer_count(const uv_buf_t* buffers, unsigned int count) {
  return buffers != nullptr && count > 0 && count <= INT_MAX;
}

int prepare_request(WriteRequest& request, const uv_buf_t* buffers, unsigned int count,
                    std::size_t bytes) {
  WriteState& state = request.state();
  state = {};
  state.buffers = request.inline_buffers;
  if (count > WriteRequest::kInlineBuffers) {
    state.buffers = static_cast<uv_buf_t*>(allocate(count * sizeof(uv_buf_t)));
    if (state.buffers == nullptr) return UV_ENOMEM;
  }
  std::memcpy(state.buffers, buffers, count * sizeof(uv_buf_t));
  state.count = count;
  state.bytes_left = bytes;
  state.passed = kNoDescriptor;
  return 0;
}

// EPIPE is left out: it says only that the connection has ended.
bool loses_connection(std::int64_t error) {
  return error == UV_ECONNRESET || error == UV_ETIMEDOUT || error == UV_EHOSTUNREACH ||
         error == UV_ENETUNREACH;
}

void release_buffers(WriteRequest& request) {
  WriteState& state = request.state();
  if (state.buffers != request.inline_buffers) release(state.buffers);
  state.buffers = nullptr;
}

void drop_passed(WriteState& state) {
  close_descriptor(state.passed);
  state.passed = kNoDescriptor;
}

void finish_front(Stream& stream, int status) {
  WriteRequest& request = stream.writes().waiting.pop_front();
  WriteState& state = request.state();
  // What was not written counts until its callback runs.
  if (status == 0) {
    stream.write_queue_size -= state.bytes_left;
    state.bytes_left = 0;
    state.first = state.count;
  }
  state.status = status;
  release_buffers(request);
  drop_passed(state);
  stream.writes().finished.push_back(request);
}

void advance(WriteState& state, std::size_t bytes) {
  state.bytes_left -= bytes;
  for (;;) {
    uv_buf_t& buffer = state.buffers[state.first];
    if (bytes < buffer.len) {
      buffer.base += bytes;
      buffer.len -= bytes;
      return;
    }
    // Empty buffers are consumed too: a batch of nothing but those would make no progress.
    bytes -= buffer.len;
    ++state.first;
  }
}

// Finishes every request whose bytes are all written, and every request without bytes.
void consume(Stream& stream, std::size_t bytes) {
  while (!stream.writes().waiting.empty()) {
    WriteState& state = stream.writes().waiting.front()->state();
    if (bytes > 0) drop_passed(state);
    if (bytes < state.bytes_left) {
      stream.write_queue_size -= bytes;
      advance(state, bytes);
      return;
    }
    bytes -= state.bytes_left;
    finish_front(stream, 0);
    if (bytes == 0 && (stream.writes().waiting.empty() ||
                       stream.writes().waiting.front()->state().bytes_left > 0)) {
      return;
    }
  }
}

// The buffers of as many requests as one call takes. A descriptor goes with the first byte of its
// request, so such a request starts a batch.
unsigned int gather(const WriteQueue& waiting, uv_buf_t* batch) {
  unsigned int gathered = 0;
  WriteRequest* request = waiting.front();
  for (;;) {
    const WriteState& state = request->state();
    for (std::uint32_t i = state.first; i < state.count; ++i) {
      if (gathered == kMaxGathered) return gathered;
      batch[gathered++] = state.buffers[i];
    }
    if (request == waiting.last) return gathered;
    request = state.next;
    if (request->state().passed != kNoDescriptor) return gathered;
  }
}

// What one call writes next. The buffers of a single request are used in place; those of several
// are collected in an array.
struct Batch {
  explicit Batch(const WriteQueue& waiting) {
    const WriteState& state = waiting.front()->state();
    passed = state.passed;
    if (waiting.front() == waiting.last) {
      buffers = state.buffers + state.first;
      count = state.count - state.first;
    } else {
      buffers = gathered;
      count = gather(waiting, gathered);
    }
  }

  const uv_buf_t* buffers;
  unsigned int count;
  Descriptor passed;
  uv_buf_t gathered[kMaxGathered];
};

// Moves requests that are written, or have failed, to `finished`; `result` is bytes or an error.
void settle_write(Stream& stream, std::int64_t result) {
  if (result < 0) {
    note_loss(stream, result);
    finish_front(stream, static_cast<int>(result));
  } else {
    consume(stream, static_cast<std::size_t>(result));
  }
}

// Writes without an op, hence at once: bytes, or an error.
std::int64_t write_now(Stream& stream, const uv_buf_t* buffers, unsigned int count,
                       Descriptor passed, WhenFull when_full) {
  const WriteArgument argument = {buffers, count, passed, true};
  return loop_of(stream.handle).engine->write_now(stream.channel, argument, when_full);
}

std::int64_t write_next_now(Stream& stream, WhenFull when_full) {
  const Batch batch(stream.writes().waiting);
  return write_now(stream, batch.buffers, batch.count, batch.passed, when_full);
}

// Lets the stream write when the loop next offers its queued output.
void queue_turn(Loop& loop, Stream& stream) {
  assert(!stream.handle.has(kOpSubmitted));
  stream.op.ready.run = on_write_turn;
  loop.queued_output.push_back_once(stream.op.ready);
}

// Whether writes are held back only to be collected with later ones, and none is under way.
bool is_held(const Stream& stream) {
  return stream.op.ready.link.linked() && !stream.handle.has(kConnecting | kOpSubmitted);
}

void write_blocking(Stream& stream) {
  while (!stream.writes().waiting.empty())
    settle_write(stream, write_next_now(stream, WhenFull::kWait));
  if (!stream.writes().finished.empty()) put_off(stream);
}

// False outside of a run, where no wait would follow soon.
bool engine_keeps_writes(const Loop& loop, const Stream& stream, std::size_t bytes) {
  return is_running(loop) && loop.engine->submits_with_wait(stream.channel, bytes);
}

// What a stream holds back is written when the loop next offers its output. Outside of a run that
// may never happen, so a copy is kept for the end of the process.
void keep_copy_outside_of_run(Loop& loop, const Stream& stream, const WriteState& added) {
  if (is_running(loop)) return;
  own_loop(loop);
  // Only the engine knows how to put descriptors among the bytes.
  const bool needs_engine = stream.channel.nature == Nature::kIpcPipe;
  if (needs_engine || !loop.held.add(stream.channel.descriptor, stream.channel.is_socket(),
                                     added.buffers, added.count, added.bytes_left)) {
    offer_output(loop);
  }
}

// The first writes of an iteration are offered to the kernel now, unless the engine would keep them
// until its wait anyway: the program may end, or wait for an answer, right after them. Later writes
// are collected and go out in one call.
bool takes_offer(Stream& stream, std::size_t bytes) {
  const Loop& loop = loop_of(stream.handle);
  return !engine_keeps_writes(loop, stream, bytes) && stream.offers().take(loop.iteration);
}

void hold(Stream& stream, const WriteState& added) {
  Loop& loop = loop_of(stream.handle);
  queue_turn(loop, stream);
  keep_copy_outside_of_run(loop, stream, added);
}

void append(Stream& stream, WriteRequest& request) {
  stream.writes().waiting.push_back(request);
  stream.write_queue_size += request.state().bytes_left;
}

void enqueue(Stream& stream, WriteRequest& request) {
  begin_request(loop_of(stream.handle), request.header, UV_WRITE);
  append(stream, request);
}

// The kernel has all of it.
void finish_unqueued(Stream& stream, WriteRequest& request, unsigned int count) {
  WriteState& state = request.state();
  state = {};
  state.first = state.count = count;
  state.passed = kNoDescriptor;
  stream.writes().finished.push_back(request);
  put_off(stream);
}

// Of a stream that has nothing to write. Most writes are taken whole: such a request never waits,
// and its buffers, no more than fit into it, are not copied.
void write_unqueued(Stream& stream, WriteRequest& request, const uv_buf_t* buffers,
                    unsigned int count, std::size_t bytes) {
  Loop& loop = loop_of(stream.handle);
  begin_request(loop, request.header, UV_WRITE);
  stream.op.ready.link.unlink_if_linked();
  stream.op.ready.run = on_write_turn;
  const Submitted outcome = loop.engine->write(stream.op, {buffers, count, kNoDescriptor, true});
  const bool is_over = outcome == Submitted::kDone;
  if (is_over && stream.op.result == static_cast<std::int64_t>(bytes)) {
    return finish_unqueued(stream, request, count);
  }
  prepare_request(request, buffers, count, bytes);
  append(stream, request);
  if (!is_over) return stream.handle.set(kOpSubmitted);
  settle_write(stream, stream.op.result);
  write_waiting(stream, Pace::kNow);
}

// The program may close the handle that it passes as soon as the call returns, and its number may
// then name another file. So the descriptor goes out at once; if there is no room, a duplicate of
// it waits.
int start_passing(Stream& stream, WriteRequest& request, Descriptor passed) {
  WriteState& state = request.state();
  release_held(stream);
  const bool can_write = !stream.handle.has(kConnecting | kOpSubmitted);
  if (can_write) write_directly(stream);
  std::int64_t result = UV_EAGAIN;
  if (can_write && stream.writes().waiting.empty()) {
    result = write_now(stream, state.buffers, state.count, passed, WhenFull::kGiveUp);
  }
  int error = 0;
  if (result == UV_EAGAIN) {
    OwnedDescriptor copy;
    error = duplicate_descriptor(passed, copy);
    state.passed = copy.take();
  }
  if (error == 0) {
    enqueue(stream, request);
    if (result != UV_EAGAIN) settle_write(stream, result);
  } else {
    release_buffers(request);
  }
  // release_held() took the earlier writes off the loop's list, so they have to be started again
  // even if this one failed.
  go_on_writing(stream);
  return error;
}

// True while anything is queued, failed writes whose callbacks have not run included:
// uv_try_write() is UV_EAGAIN then. As in libuv this answer comes before any error of an open
// stream.
bool must_try_later(Stream& stream) {
  if (stream.handle.has(kClosing | kListening)) return false;
  if (stream.handle.has(kConnecting | kOpSubmitted)) return true;
  if (!is_open(stream)) return false;
  release_held(stream);
  if (has_waiting_writes(stream)) write_waiting(stream, Pace::kNow);
  return has_waiting_writes(stream) || stream.write_queue_size > 0;
}

}  // namespace

int start_write(Stream& stream, WriteRequest& request, const uv_buf_t* buffers, unsigned int count,
                uv_stream_t* send_handle, uv_write_cb callback) {
  Descriptor passed;
  if (!is_buffer_count(buffers, count)) return UV_EINVAL;
  if (int error = check_writable(stream, send_handle, passed); error != 0) return error;
  const bool was_idle =
      stream.writes().waiting.empty() && !stream.handle.has(kConnecting | kOpSubmitted | kBlocking);
  const std::size_t bytes = total_size(buffers, count);
  const bool is_offered =
      was_idle && passed == kNoDescriptor && takes_offer(stream, stream.write_queue_size + bytes);
  const bool is_copied = !is_offered || count > WriteRequest::kInlineBuffers;
  if (is_copied) {
    if (int error = prepare_request(request, buffers, count, bytes); error != 0) return error;
  }
  request.callback = callback;
  request.send_handle = send_handle;
  request.stream = public_handle(stream);
  if (passed != kNoDescriptor) return start_passing(stream, request, passed);
  if (!is_copied) {
    write_unqueued(stream, request, buffers, count, bytes);
    return 0;
  }
  const bool was_held = is_held(stream);
  enqueue(stream, request);
  if (stream.handle.has(kConnecting | kOpSubmitted)) return 0;
  if (stream.handle.has(kBlocking)) {
    write_blocking(stream);
  } else if (was_held) {
    keep_copy_outside_of_run(loop_of(stream.handle), stream, request.state());
  } else if (is_offered) {
    write_waiting(stream, Pace::kNow);
  } else if (was_idle) {
    hold(stream, request.state());
  }
  return 0;
}

std::int64_t try_write(Stream& stream, const uv_buf_t* buffers, unsigned int count,
                       uv_stream_t* send_handle) {
  Descriptor passed;
  if (!is_buffer_count(buffers, count)) return UV_EINVAL;
  if (must_try_later(stream)) return UV_EAGAIN;
  if (int error = check_writable(stream, send_handle, passed); error != 0) return error;
  const std::int64_t written = write_now(stream, buffers, count, passed, WhenFull::kGiveUp);
  note_loss(stream, written);
  return written;
}

int set_blocking(Stream& stream, bool blocking) {
  release_held(stream);
  if (int error = set_nonblocking(stream.channel.descriptor, !blocking); error != 0) return error;
  if (blocking) {
    stream.handle.set(kBlocking);
  } else {
    stream.handle.clear(kBlocking);
  }
  return 0;
}

void write_waiting(Stream& stream, Pace pace) {
  Loop& loop = loop_of(stream.handle);
  stream.op.ready.link.unlink_if_linked();
  stream.op.ready.run = on_write_turn;
  for (int writes = 0; writes < kMaxWritesPerTurn && !stream.writes().waiting.empty(); ++writes) {
    const Batch batch(stream.writes().waiting);
    const WriteArgument argument = {batch.buffers, batch.count, batch.passed, pace == Pace::kNow};
    if (loop.engine->write(stream.op, argument) == Submitted::kPending) {
      stream.handle.set(kOpSubmitted);
      break;
    }
    settle_write(stream, stream.op.result);
  }
  const bool ended_early = !stream.writes().waiting.empty() && !stream.handle.has(kOpSubmitted);
  if (ended_early || !stream.writes().finished.empty()) put_off(stream);
  // The rest goes out in the pending phase, or earlier if the process ends before it.
  if (ended_early && is_running(loop)) queue_turn(loop, stream);
}

void write_waiting(Stream& stream) {
  write_waiting(stream, is_running(loop_of(stream.handle)) ? Pace::kWithWait : Pace::kNow);
}

void on_write_turn(ReadyItem& item, Loop&) {
  Stream& stream = object_from_member<Stream>(&item, offsetof(Stream, op));
  if (!stream.handle.has(kOpSubmitted)) {
    // Writes that were collected behind earlier ones. During a connect they wait for its end.
    if (has_waiting_writes(stream) && !stream.handle.has(kConnecting)) write_waiting(stream);
    return;
  }
  assert(!stream.op.pending && !stream.handle.has(kConnecting | kListening));
  // Received bytes are read before a write's failure is reported: the peer may have said why it
  // takes no more.
  if (stream.op.result <= 0 && !stream.handle.has(kClosing)) {
    note_loss(stream, stream.op.result);
    read_reported(stream);
    // Closed by a callback: the request has its turn in the closing phase.
    if (stream.handle.has(kClosing)) return;
  }
  stream.handle.clear(kOpSubmitted);
  if (stream.handle.has(kClosing)) {
    settle_last_write(stream);
    return release_descriptor(stream);
  }
  if (has_waiting_writes(stream)) settle_write(stream, stream.op.result);
  if (has_waiting_writes(stream)) write_waiting(stream);
  do_put_off_work(stream);
}

void release_held(const Stream& stream) {
  Loop& loop = loop_of(stream.handle);
  if (!loop.held.empty()) offer_output(loop);
}

void write_directly(Stream& stream) {
  stream.op.ready.link.unlink_if_linked();
  for (int writes = 0; writes < kMaxWritesPerTurn && !stream.writes().waiting.empty(); ++writes) {
    const std::int64_t result = write_next_now(stream, WhenFull::kGiveUp);
    if (result == UV_EAGAIN) return;
    settle_write(stream, result);
  }
}

void settle_last_write(Stream& stream) {
  if (has_waiting_writes(stream)) settle_write(stream, stream.op.result);
  if (stream.op.result >= 0 && has_waiting_writes(stream)) write_directly(stream);
}

void go_on_writing(Stream& stream) {
  if (!stream.writes().finished.empty()) put_off(stream);
  const bool is_busy = stream.handle.has(kConnecting | kOpSubmitted);
  if (is_busy || stream.writes().waiting.empty()) return;
  if (stream.handle.has(kBlocking)) {
    write_blocking(stream);
  } else {
    write_waiting(stream, Pace::kNow);
  }
}

void note_loss(Stream& stream, std::int64_t result) {
  if (loses_connection(result)) stream.lost_by() = static_cast<std::intptr_t>(result);
}

void hand_out_finished(Stream& stream) {
  WriteQueue& finished = stream.writes().finished;
  // Writes that the callbacks start and that finish at once are for the next turn.
  const WriteRequest* last = finished.last;
  if (last == nullptr) return;
  const bool while_closing = stream.handle.has(kClosing);
  for (bool more = true; more;) {
    WriteRequest& request = finished.pop_front();
    more = &request != last;
    stream.write_queue_size -= request.state().bytes_left;
    end_request(loop_of(stream.handle));
    if (request.callback == nullptr) continue;
    call_program(CallbackKind::kWrite, request.callback, reinterpret_cast<uv_write_t*>(&request),
                 request.state().status);
    // Closed by the callback: the rest comes in the closing phase.
    if (stream.handle.has(kClosing) && !while_closing) return;
  }
}

void fail_waiting(Stream& stream, int error) {
  while (!stream.writes().waiting.empty())
    finish_front(stream, error);
}

}  // namespace violet
