#include <cassert>
#include <climits>
#include <cstring>

#include "base/allocator.h"
#include "core/call.h"
#include "handle/udp_parts.h"
#include "os/address.h"
#include "os/datagram.h"

namespace violet {
namespace {

// A full socket normally becomes writable when there is room again. Some sockets are always
// writable although a message finds no room: a local socket without a peer, on the BSDs and macOS
// every local socket (its receiver is full), and there also a socket whose network device is full.
// To try again whenever they are writable would keep the loop from sleeping, so after this many
// tries in vain there is a pause before each.
constexpr std::uint32_t kTriesWithoutPause = 32;
constexpr std::uint64_t kPauseMs = 1;

bool is_valid(const uv_buf_t* buffers, unsigned int count) {
  return buffers != nullptr && count != 0 && count <= INT_MAX;
}

OutgoingDatagram outgoing(SendRequest& request) {
  return {request.state().buffers, request.state().count, request.address()};
}

// The first waiting requests, up to what one call takes.
unsigned int gather(const Udp& udp, OutgoingDatagram* datagrams) {
  unsigned int count = 0;
  SendRequest* request = udp.waiting.front();
  for (; request != nullptr && count < kMaxDatagramsPerCall; request = udp.waiting.after(*request))
    datagrams[count++] = outgoing(*request);
  return count;
}

// How many of the first waiting requests went out, or why the first did not.
int send_batch(Udp& udp) {
  SendRequest& first = *udp.waiting.front();
  if (udp.waiting.last == &first) {
    std::int64_t sent = send_one(udp.channel.descriptor, outgoing(first));
    return sent < 0 ? static_cast<int>(sent) : 1;
  }
  OutgoingDatagram datagrams[kMaxDatagramsPerCall];
  return send_several(udp.channel.descriptor, datagrams, gather(udp, datagrams));
}

void finish_first(Udp& udp, int status) {
  SendRequest& request = udp.waiting.pop_front();
  request.state().status = status;
  udp.finished.push_back(request);
}

// Whether a message may go to this address from this handle; gives it a socket if it has none.
int prepare_destination(Udp& udp, const sockaddr* address) {
  const bool connected = udp.handle.has(kUdpConnected);
  if (address == nullptr) return connected ? 0 : UV_EDESTADDRREQ;
  unsigned int size = 0;
  if (int error = datagram_address_size(address, size); error != 0) return error;
  if (connected) return UV_EISCONN;
  return ensure_bound(udp, address->sa_family, 0);
}

int copy_message(SendRequest& request, const uv_buf_t* buffers, unsigned int count,
                 const sockaddr* address) {
  SendState& state = request.state();
  state.has_address = false;
  state.size = 0;
  state.status = 0;
  state.count = count;
  state.buffers = request.inline_buffers;
  if (count > SendRequest::kInlineBuffers) {
    state.buffers = static_cast<uv_buf_t*>(allocate(count * sizeof(uv_buf_t)));
    if (state.buffers == nullptr) return UV_ENOMEM;
  }
  std::memcpy(state.buffers, buffers, count * sizeof(uv_buf_t));
  for (unsigned int i = 0; i < count; ++i)
    state.size += buffers[i].len;
  if (address == nullptr) return 0;
  unsigned int size = 0;
  datagram_address_size(address, size);
  sockaddr_in6 completed;
  std::memcpy(&state.address, with_link(address, completed), size);
  state.has_address = true;
  return 0;
}

// False when the system has no room for the next message.
bool send_all(Udp& udp) {
  assert(!udp.handle.has(kUdpFull));
  udp.output.link.unlink_if_linked();
  while (!udp.waiting.empty()) {
    int sent = send_batch(udp);
    if (sent == UV_EAGAIN) return false;
    if (sent < 0) finish_first(udp, sent);
    for (; sent > 0; --sent)
      finish_first(udp, 0);
  }
  return true;
}

void fail_waiting(Udp& udp, int error) {
  while (!udp.waiting.empty())
    finish_first(udp, error);
}

void on_retry(TimerItem& item, Loop&) {
  send_again(object_from_member<Udp>(&item, offsetof(Udp, room) + offsetof(UdpRoom, retry)));
}

void wait_for_room(Udp& udp, std::uint32_t tries_in_vain) {
  Loop& loop = loop_of(udp.handle);
  udp.handle.set(kUdpFull);
  udp.room = {{TimerHeap::kNotInHeap, on_retry}, tries_in_vain};
  if (tries_in_vain <= kTriesWithoutPause) return;
  // Without memory for the timer, what the system tells has to do.
  start_timer(loop, udp.room.retry, due_after_ms(loop, kPauseMs));
}

void stop_waiting_for_room(Udp& udp) {
  if (!udp.handle.has(kUdpFull)) return;
  udp.handle.clear(kUdpFull);
  stop_timer(loop_of(udp.handle), udp.room.retry);
  udp.output = {{}, on_udp_output};
}

void send_or_wait(Udp& udp, std::uint32_t tries_in_vain) {
  const SendRequest* first = udp.waiting.front();
  if (!send_all(udp)) wait_for_room(udp, tries_in_vain + (udp.waiting.front() == first ? 1 : 0));
  if (int error = update_udp(udp); error != 0 && udp.handle.has(kUdpFull)) {
    // No event will come when there is room again, so the requests cannot wait.
    stop_waiting_for_room(udp);
    fail_waiting(udp, error);
    update_udp(udp);
  }
  if (!udp.finished.empty()) loop_of(udp.handle).pending.push_back_once(udp.report);
}

}  // namespace

void send_waiting(Udp& udp) {
  send_or_wait(udp, 0);
}

void send_again(Udp& udp) {
  const std::uint32_t tries_in_vain = udp.room.tries_in_vain;
  stop_waiting_for_room(udp);
  send_or_wait(udp, tries_in_vain);
}

bool awaits_readiness(const Udp& udp) {
  return udp.handle.has(kUdpFull) && !udp.room.retry.started();
}

// Messages that were only collected for a common call go out as far as there is room; the rest is
// cancelled.
void close_waiting(Udp& udp) {
  const bool was_full = udp.handle.has(kUdpFull);
  stop_waiting_for_room(udp);
  if (!was_full) send_all(udp);
  fail_waiting(udp, UV_ECANCELED);
}

void on_udp_output(ReadyItem& item, Loop&) {
  send_waiting(object_from_member<Udp>(&item, offsetof(Udp, output)));
}

// Hands out what is finished now; what callbacks add comes in the next turn.
void report_finished(Udp& udp) {
  SendRequest* last = udp.finished.last;
  for (bool more = last != nullptr; more;) {
    SendRequest& request = udp.finished.pop_front();
    more = &request != last;
    SendState& state = request.state();
    assert(udp.send_queue_count > 0 && udp.send_queue_size >= state.size);
    udp.send_queue_size -= state.size;
    --udp.send_queue_count;
    if (state.buffers != request.inline_buffers) release(state.buffers);
    state.buffers = nullptr;
    const bool was_closing = udp.handle.has(kClosing);
    end_request(loop_of(udp.handle));
    if (request.callback != nullptr) {
      call_program(CallbackKind::kUdpSend, request.callback,
                   reinterpret_cast<uv_udp_send_t*>(&request), state.status);
    }
    // The rest belongs to the closing phase then.
    if (!was_closing && udp.handle.has(kClosing)) return;
  }
  // Until the last callback has returned the handle is active.
  if (!udp.handle.has(kClosing)) update_udp(udp);
}

void on_udp_report(ReadyItem& item, Loop&) {
  report_finished(object_from_member<Udp>(&item, offsetof(Udp, report)));
}

int start_send(Udp& udp, SendRequest& request, const uv_buf_t* buffers, unsigned int count,
               const sockaddr* address, uv_udp_send_cb callback) {
  if (!is_valid(buffers, count)) return UV_EINVAL;
  if (udp.handle.has(kClosing)) return UV_EINVAL;
  if (int error = prepare_destination(udp, address); error != 0) return error;
  if (int error = copy_message(request, buffers, count, address); error != 0) return error;
  Loop& loop = loop_of(udp.handle);
  request.handle = public_handle(udp);
  request.callback = callback;
  begin_request(loop, request.header, UV_UDP_SEND);
  const bool idle = udp.send_queue_count == 0;
  ++udp.send_queue_count;
  udp.send_queue_size += request.state().size;
  udp.waiting.push_back(request);
  activate(udp.handle);
  if (udp.handle.has(kUdpFull)) return 0;
  // If the engine collects writes until its wait, all messages of an iteration go out just before
  // it, in one call. Not on a socket that is told of closed ports: a call for several messages
  // would hide the error that the first one brings.
  const bool hears_errors = udp.handle.has(kUdpConnected | kUdpReportsErrors);
  const bool goes_at_once =
      idle && (hears_errors || !loop.engine->submits_with_wait(udp.channel, udp.send_queue_size));
  // Outside of a run it is not known when, or whether, the next one comes.
  if (goes_at_once || !is_running(loop)) {
    send_waiting(udp);
  } else {
    // What else is sent in this iteration goes with it.
    loop.queued_output.push_back_once(udp.output);
  }
  return 0;
}

std::int64_t try_send(Udp& udp, const uv_buf_t* buffers, unsigned int count,
                      const sockaddr* address) {
  if (!is_valid(buffers, count)) return UV_EINVAL;
  if (udp.send_queue_count != 0) return UV_EAGAIN;
  if (int error = prepare_destination(udp, address); error != 0) return error;
  sockaddr_in6 completed;
  return send_one(udp.channel.descriptor, {buffers, count, with_link(address, completed)});
}

int try_send_several(Udp& udp, unsigned int count, uv_buf_t* buffers[], unsigned int counts[],
                     sockaddr* addresses[]) {
  if (count == 0 || count > INT_MAX) return UV_EINVAL;
  if (udp.send_queue_count != 0) return UV_EAGAIN;
  unsigned int sent = 0;
  while (sent < count) {
    OutgoingDatagram batch[kMaxDatagramsPerCall];
    sockaddr_in6 completed[kMaxDatagramsPerCall];
    unsigned int size = 0;
    int result = 0;
    for (; size < kMaxDatagramsPerCall && sent + size < count; ++size) {
      const unsigned int i = sent + size;
      const sockaddr* address = addresses == nullptr ? nullptr : addresses[i];
      result = is_valid(buffers[i], counts[i]) ? prepare_destination(udp, address) : UV_EINVAL;
      if (result != 0) break;
      batch[size] = {buffers[i], counts[i], with_link(address, completed[size])};
    }
    // The messages before an invalid one are still sent.
    if (size > 0) result = send_several(udp.channel.descriptor, batch, size);
    if (result < 0) return sent == 0 ? result : static_cast<int>(sent);
    sent += static_cast<unsigned int>(result);
    if (static_cast<unsigned int>(result) < size) break;
  }
  return static_cast<int>(sent);
}

}  // namespace violet
