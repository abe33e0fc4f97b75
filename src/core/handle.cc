#include "core/handle.h"

#include <cassert>
#include <cstring>

#include "core/loop.h"

namespace violet {
namespace {

bool is_counted(const Handle& handle) {
  return handle.has(kActive) && handle.has(kReferenced);
}

// Changes a flag and keeps the loop's count of active, referenced handles right.
void change_flag(Handle& handle, HandleFlags flag, bool on) {
  bool was_counted = is_counted(handle);
  handle.set_to(flag, on);
  bool now_counted = is_counted(handle);
  if (was_counted == now_counted) return;
  assert((now_counted || handle.public_loop->active_handles > 0) && "counted up before down");
  handle.public_loop->active_handles += now_counted ? 1 : -1;
}

// Some programs initialise a handle again without closing it, with its memory wiped or not. If no
// other handle was initialised in between, this one still is the list's last node, and must not be
// linked twice. Its own links may have been wiped: only while the forward one still leads to the
// list's head is the backward one trusted, else the predecessor is searched for.
void forget_last_registration(List& handles, ListNode& node) {
  if (handles.head.previous != &node) return;
  ListNode* before = &handles.head;
  if (node.next == &handles.head) {
    before = node.previous;
  } else {
    while (before->next != &node)
      before = before->next;
  }
  before->next = &handles.head;
  handles.head.previous = before;
}

}  // namespace

void init_handle(Loop& loop, Handle& handle, const HandleKind& kind, std::size_t size) {
  List& handles = handles_of(*loop.public_loop);
  forget_last_registration(handles, handle.registered);
  void* data = handle.data;
  std::memset(static_cast<void*>(&handle), 0, size);
  handle.data = data;
  handle.public_loop = loop.public_loop;
  handle.type = kind.type;
  handle.set(kReferenced);
  handle.kind = &kind;
  handles.push_back(handle.registered);
}

void unregister_handle(Handle& handle) {
  deactivate(handle);
  remove_from_registry(handle);
}

void remove_from_registry(Handle& handle) {
  if (!handle.registered.linked()) return;
  for (HandleWalk* walk = loop_of(handle).walks; walk != nullptr; walk = walk->outer_)
    walk->step_over(handle.registered);
  handle.registered.unlink();
}

HandleWalk::HandleWalk(Loop& loop) : loop_(loop), outer_(loop.walks) {
  loop.walks = this;
  List& handles = handles_of(*loop.public_loop);
  if (handles.empty()) return;
  next_ = handles.head.next;
  last_ = handles.head.previous;
}

HandleWalk::~HandleWalk() {
  assert(loop_.walks == this && "walks end in the opposite order of their beginnings");
  loop_.walks = outer_;
}

Handle* HandleWalk::next() {
  if (next_ == nullptr) return nullptr;
  ListNode* node = next_;
  next_ = node == last_ ? nullptr : node->next;
  return &registered_handle(*node);
}

void HandleWalk::step_over(const ListNode& removed) {
  if (next_ == &removed) {
    next_ = next_ == last_ ? nullptr : next_->next;
  } else if (last_ == &removed) {
    last_ = last_->previous;
  }
}

void activate(Handle& handle) {
  change_flag(handle, kActive, true);
}
void deactivate(Handle& handle) {
  change_flag(handle, kActive, false);
}

void reference(Handle& handle) {
  if (handle.has(kInternal)) return;
  // A closing handle keeps the loop alive through the closing queue, not through this count.
  change_flag(handle, kReferenced, true);
}

void unreference(Handle& handle) {
  change_flag(handle, kReferenced, false);
}

void make_internal(Handle& handle) {
  unreference(handle);
  handle.set(kInternal);
}

void close_handle(Handle& handle, uv_close_cb callback) {
  assert(!handle.has(kClosing | kClosed));
  handle.set(kClosing);
  handle.close_callback = callback;
  handle.kind->close(handle);
}

void finish_closing(Handle& handle) {
  Loop& loop = loop_of(handle);
  assert(handle.has(kClosing) && !handle.has(kClosed) && "the kind's close() comes first");
  deactivate(handle);
  handle.tail().next_closing = first_closing(loop);
  loop.public_loop->closing_handles = public_handle(handle);
}

void begin_request(Loop& loop, RequestHeader& request, uv_req_type type) {
  request.type = type;
  hold_loop(loop);
}

void hold_loop(Loop& loop) {
  ++loop.public_loop->active_reqs.count;
}

void end_request(Loop& loop) {
  assert(loop.public_loop->active_reqs.count > 0 && "a request ends once");
  --loop.public_loop->active_reqs.count;
}

}  // namespace violet
