#include "handle/fs_poll.h"

#include <cassert>

#include "base/allocator.h"
#include "core/call.h"
#include "request/fs.h"
#include "request/fs_operations.h"

namespace violet {

// What lasts from a start to its stop: one path, one callback.
struct FsPollRound {
  FsPoll* poll;
  uv_fs_poll_cb callback;
  char* path;
  std::uint64_t interval_ms;
  std::uint64_t started_ms;
  TimerItem timer;
  uv_fs_t request;
  bool requested;  // `request` is under way
  bool known;      // there was a status before
  int error;       // the last one told; 0 after a success
  uv_stat_t status;
};

namespace {

constexpr uv_stat_t kNoStatus = {};

bool same_time(const uv_timespec_t& a, const uv_timespec_t& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

// The time of the last access does not count: reading a file does not change it.
bool same_status(const uv_stat_t& a, const uv_stat_t& b) {
  return same_time(a.st_mtim, b.st_mtim) && same_time(a.st_ctim, b.st_ctim) &&
         same_time(a.st_birthtim, b.st_birthtim) && a.st_size == b.st_size &&
         a.st_mode == b.st_mode && a.st_uid == b.st_uid && a.st_gid == b.st_gid &&
         a.st_ino == b.st_ino && a.st_dev == b.st_dev && a.st_flags == b.st_flags &&
         a.st_gen == b.st_gen;
}

bool is_current(const FsPollRound& round) {
  return round.poll->current == &round;
}

void destroy_round(FsPollRound& round) {
  release(round.path);
  destroy(&round);
}

void on_status(FsRequest& request);

int request_status(FsPollRound& round) {
  FsRequest& request =
      prepare_fs(round.poll->handle.public_loop, &round.request, UV_FS_STAT, nullptr);
  // Used in place, without a copy: the round lives longer than its request.
  request.path = round.path;
  request.is_ours = true;
  request.continuation = on_status;
  int error = start_fs(request, fs_stat);
  if (error != 0) return error;
  round.requested = true;
  ++round.poll->requests;
  return 0;
}

// The next look is a whole number of intervals after the first, so that the time a request takes
// does not add up.
bool wait_for_next(FsPollRound& round) {
  Loop& loop = loop_of(round.poll->handle);
  std::uint64_t since_start = time_ms(loop) - round.started_ms;
  std::uint64_t delay = round.interval_ms - since_start % round.interval_ms;
  return start_timer(loop, round.timer, due_after_ms(loop, delay));
}

void tell_error(FsPollRound& round, int error) {
  if (round.error == error) return;
  round.error = error;
  uv_stat_t before = round.status;
  call_program(CallbackKind::kFilePoll, round.callback, public_handle(*round.poll), error, &before,
               &kNoStatus);
}

// If there is no memory for the timer of the next look, the round ends and the program is told,
// instead of waiting for ever. The callback may start the handle anew.
void go_on(FsPollRound& round) {
  if (wait_for_next(round)) return;
  FsPoll& poll = *round.poll;
  poll.current = nullptr;
  deactivate(poll.handle);
  call_program(CallbackKind::kFilePoll, round.callback, public_handle(poll), UV_ENOMEM,
               &round.status, &kNoStatus);
  destroy_round(round);
}

void on_expired(TimerItem& item, Loop&) {
  FsPollRound& round = object_from_member<FsPollRound>(&item, offsetof(FsPollRound, timer));
  // No thread could be started; there may be one the next time.
  if (request_status(round) != 0) go_on(round);
}

void tell_status(FsPollRound& round, const uv_stat_t& status) {
  uv_stat_t before = round.status;
  bool changed = round.known && (round.error != 0 || !same_status(before, status));
  round.status = status;
  round.known = true;
  round.error = 0;
  if (changed)
    call_program(CallbackKind::kFilePoll, round.callback, public_handle(*round.poll), 0, &before,
                 &status);
}

void tell_outcome(FsPollRound& round) {
  if (round.request.result < 0) {
    round.known = true;
    tell_error(round, static_cast<int>(round.request.result));
  } else {
    uv_stat_t status = round.request.statbuf;
    tell_status(round, status);
  }
}

void on_status(FsRequest& request) {
  FsPollRound& round =
      object_from_member<FsPollRound>(public_handle(request), offsetof(FsPollRound, request));
  FsPoll& poll = *round.poll;
  if (is_current(round)) tell_outcome(round);
  // Counted down only here, so that the handle is not closed during the callback above.
  assert(round.requested && poll.requests > 0);
  round.requested = false;
  --poll.requests;
  if (is_current(round)) return go_on(round);
  destroy_round(round);
  if (!poll.handle.has(kClosing) || poll.requests > 0) return;
  end_request(loop_of(poll.handle));
  finish_closing(poll.handle);
}

void close(Handle& handle) {
  FsPoll& poll = typed_from<FsPoll>(handle);
  stop(poll);
  if (poll.requests == 0) return finish_closing(handle);
  // The close callback waits for the last request, so from here on the loop has to stay alive for
  // it. Until now only the handle kept it alive.
  hold_loop(loop_of(handle));
}

constexpr HandleKind kFsPollKind = {UV_FS_POLL, close, nullptr};

FsPollRound* make_round(FsPoll& poll, const char* path) {
  FsPollRound* round = create<FsPollRound>();
  if (round == nullptr) return nullptr;
  *round = {};
  round->poll = &poll;
  round->timer.heap_index = TimerHeap::kNotInHeap;
  round->timer.expired = on_expired;
  round->path = duplicate_string(path);
  if (round->path != nullptr) return round;
  destroy(round);
  return nullptr;
}

}  // namespace

void init_fs_poll(Loop& loop, uv_fs_poll_t* poll) {
  init_typed_handle<FsPoll>(loop, poll, kFsPollKind);
}

int start(FsPoll& poll, uv_fs_poll_cb callback, const char* path, unsigned int interval_ms) {
  if (poll.handle.has(kActive)) return 0;
  if (poll.handle.has(kClosing) || callback == nullptr || path == nullptr) return UV_EINVAL;
  FsPollRound* round = make_round(poll, path);
  if (round == nullptr) return UV_ENOMEM;
  round->callback = callback;
  round->interval_ms = interval_ms == 0 ? 1 : interval_ms;
  round->started_ms = time_ms(loop_of(poll.handle));
  if (int error = request_status(*round); error != 0) {
    destroy_round(*round);
    return error;
  }
  poll.current = round;
  activate(poll.handle);
  return 0;
}

void stop(FsPoll& poll) {
  if (!poll.handle.has(kActive)) return;
  FsPollRound& round = *poll.current;
  poll.current = nullptr;
  deactivate(poll.handle);
  stop_timer(loop_of(poll.handle), round.timer);
  if (!round.requested) destroy_round(round);
}

const char* polled_path(const FsPoll& poll) {
  return poll.current == nullptr ? nullptr : poll.current->path;
}

}  // namespace violet
