// Connects of a pipe that cannot even begin, while uv_pipe_connect() has no result to say so.
#include "handle/pipe.h"

namespace violet {
namespace {

struct RefusedConnect {
  using Public = uv_connect_t;

  struct State {
    ReadyItem ready;  // in the loop's `pending`
    RefusedConnect* next;
    int error;
  };

  RequestHeader header;
  RequestSpace<State> space;
  uv_connect_cb callback;
  uv_stream_t* stream;
};

static_assert(offsetof(RefusedConnect, callback) == offsetof(uv_connect_t, cb));
static_assert(offsetof(RefusedConnect, stream) == offsetof(uv_connect_t, handle));

// The oldest one. They run in the order in which they came, so only the first is ever removed.
RefusedConnect*& refused_of(Pipe& pipe) {
  static_assert(sizeof(pipe.stream.type_words) >= sizeof(RefusedConnect*));
  static_assert(offsetof(Stream, type_words) % alignof(RefusedConnect*) == 0);
  return reinterpret_cast<RefusedConnect*&>(pipe.stream.type_words);
}

void append(Pipe& pipe, RefusedConnect& request) {
  RefusedConnect** end = &refused_of(pipe);
  while (*end != nullptr)
    end = &(*end)->space.content.next;
  *end = &request;
}

void finish_first(Pipe& pipe, int error) {
  RefusedConnect& request = *refused_of(pipe);
  refused_of(pipe) = request.space.content.next;
  end_request(loop_of(pipe.stream.handle));
  if (request.callback != nullptr) request.callback(public_handle(request), error);
}

void on_pending(ReadyItem& item, Loop&) {
  RefusedConnect& request =
      object_from_member<RefusedConnect>(&item, offsetof(RefusedConnect, space));
  Pipe& pipe = reinterpret_cast<Pipe&>(*request.stream);
  if (!pipe.stream.handle.has(kClosing)) finish_first(pipe, request.space.content.error);
}

}  // namespace

void refuse_connect(Pipe& pipe, uv_connect_t* public_request, uv_connect_cb callback, int error) {
  RefusedConnect& request = view<RefusedConnect>(public_request);
  Loop& loop = loop_of(pipe.stream.handle);
  begin_request(loop, request.header, UV_CONNECT);
  request.callback = callback;
  request.stream = public_handle(pipe.stream);
  request.space.content = {{{}, on_pending}, nullptr, error};
  append(pipe, request);
  loop.pending.push_back(request.space.content.ready);
}

void cancel_refused_connects(Pipe& pipe) {
  while (RefusedConnect* first = refused_of(pipe)) {
    first->space.content.ready.link.unlink_if_linked();
    finish_first(pipe, UV_ECANCELED);
  }
}

}  // namespace violet
