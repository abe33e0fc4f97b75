// Connects of a pipe that cannot even begin, while uv_pipe_connect() has no result to say so.
#include "core/call.h"
#include "handle/pipe.h"

namespace violet {
namespace {

struct RefusedConnect {
  using Public = uv_connect_t;

  struct State {
    ReadyItem ready;  // in the loop's `pending`
    ListNode link;    // among the loop's refused connects
    int error;
  };

  RequestHeader header;
  RequestSpace<State> space;
  uv_connect_cb callback;
  uv_stream_t* stream;

  State& state() { return space.content; }
};

static_assert(offsetof(RefusedConnect, callback) == offsetof(uv_connect_t, cb));
static_assert(offsetof(RefusedConnect, stream) == offsetof(uv_connect_t, handle));

RefusedConnect& refused_from(ListNode& link) {
  return object_from_member<RefusedConnect>(
      &link, offsetof(RefusedConnect, space) + offsetof(RefusedConnect::State, link));
}

void forget(RefusedConnect& request) {
  request.state().ready.link.unlink_if_linked();
  request.state().link.unlink();
  end_request(loop_of(reinterpret_cast<Pipe&>(*request.stream).stream.handle));
}

void finish(RefusedConnect& request, int error) {
  forget(request);
  if (request.callback == nullptr) return;
  call_program(CallbackKind::kConnect, request.callback, public_handle(request), error);
}

void on_pending(ReadyItem& item, Loop&) {
  RefusedConnect& request =
      object_from_member<RefusedConnect>(&item, offsetof(RefusedConnect, space));
  const Pipe& pipe = reinterpret_cast<const Pipe&>(*request.stream);
  if (!pipe.stream.handle.has(kClosing)) finish(request, request.state().error);
}

// The oldest one of a pipe, or null. There are hardly ever any in a loop.
RefusedConnect* first_refused(Pipe& pipe) {
  const List& all = loop_of(pipe.stream.handle).refused_connects;
  for (ListNode* node = all.head.next; node != &all.head; node = node->next) {
    RefusedConnect& request = refused_from(*node);
    if (request.stream == public_handle(pipe.stream)) return &request;
  }
  return nullptr;
}

}  // namespace

void refuse_connect(Pipe& pipe, uv_connect_t* public_request, uv_connect_cb callback, int error) {
  if (pipe.stream.handle.has(kClosed)) return;
  RefusedConnect& request = view<RefusedConnect>(public_request);
  Loop& loop = loop_of(pipe.stream.handle);
  begin_request(loop, request.header, UV_CONNECT);
  request.callback = callback;
  request.stream = public_handle(pipe.stream);
  request.state() = {{{}, on_pending}, {}, error};
  loop.refused_connects.push_back(request.state().link);
  loop.pending.push_back(request.state().ready);
}

void cancel_refused_connects(Pipe& pipe) {
  List own;
  own.reset();
  while (RefusedConnect* first = first_refused(pipe)) {
    first->state().link.unlink();
    own.push_back(first->state().link);
  }
  while (ListNode* node = own.front())
    finish(refused_from(*node), UV_ECANCELED);
  // Connects that those callbacks have added are dropped: a callback that connects again each time
  // would keep the loop here for ever.
  while (RefusedConnect* late = first_refused(pipe))
    forget(*late);
}

}  // namespace violet
