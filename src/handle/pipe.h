#pragma once

#include "base/array.h"
#include "handle/stream.h"
#include "os/local_socket.h"

namespace violet {

// Descriptors that came over IPC and wait for uv_accept(). Closes those that nobody accepts.
class ReceivedDescriptors {
 public:
  ReceivedDescriptors() = default;
  ReceivedDescriptors(const ReceivedDescriptors&) = delete;
  ReceivedDescriptors& operator=(const ReceivedDescriptors&) = delete;
  ~ReceivedDescriptors();

  // Closes it when out of memory.
  void add(OwnedDescriptor received);
  std::size_t count() const { return waiting_.size() - next_; }
  // These are for when there is one.
  Descriptor oldest() const { return waiting_[next_]; }
  OwnedDescriptor take_oldest();

 private:
  Array<Descriptor> waiting_;  // from `next_` on
  std::size_t next_ = 0;
};

// What only few pipes have.
struct PipeExtra {
  ReceivedDescriptors received;
  SocketFile bound_file = {};
};

struct Pipe {
  using Public = uv_pipe_t;

  union {
    Stream stream;
    unsigned char stream_room[sizeof(uv_stream_t)];
  };
  int ipc;
  char* bound_path;  // owned, or null; removed when the pipe is closed

  // Null until it is needed.
  PipeExtra*& extra() { return stream.of_type.pipe_extra; }
  PipeExtra* extra() const { return const_cast<Pipe*>(this)->extra(); }
};

static_assert(sizeof(Pipe) <= sizeof(uv_pipe_t));
static_assert(offsetof(Pipe, ipc) == offsetof(uv_pipe_t, ipc));

template <typename Public>
constexpr bool bound_path_in_place() {
  if constexpr (requires(Public pipe) { pipe.pipe_fname; }) {
    static_assert(offsetof(Pipe, bound_path) == offsetof(Public, pipe_fname));
  }
  return true;
}
static_assert(bound_path_in_place<uv_pipe_t>());

void init_pipe(Loop& loop, uv_pipe_t* pipe, bool ipc);
int open_pipe(Pipe& pipe, Descriptor descriptor);
// Gives the handle a descriptor of ours: accepted, made for a child, or passed over IPC. It is
// taken only if that succeeds.
int adopt_pipe(Pipe& pipe, OwnedDescriptor& descriptor, bool is_socket, Sharing sharing);
// Says which child has the other end of a pipe that uv_spawn() has made.
void name_child(Pipe& pipe, int pid);

// A path, or an abstract name that begins with a zero byte. `flags` is 0 or UV_PIPE_NO_TRUNCATE.
int bind_pipe(Pipe& pipe, const char* name, std::size_t length, unsigned int flags);
int listen_pipe(Pipe& pipe, int backlog, uv_connection_cb callback);
// Errors of connecting come through the callback.
int connect_pipe(Pipe& pipe, uv_connect_t* request, const char* name, std::size_t length,
                 unsigned int flags, uv_connect_cb callback);
// For uv_pipe_connect(), which returns nothing: has the callback called with `error` in the pending
// phase, or with UV_ECANCELED if the pipe is closed before that. The pipe may be connecting or
// listening. Once a closing pipe has begun to hand out UV_ECANCELED, no more are added.
void refuse_connect(Pipe& pipe, uv_connect_t* request, uv_connect_cb callback, int error);
// For the closing phase.
void cancel_refused_connects(Pipe& pipe);
// How many connections a listener prepares for, on systems where it has to (Engine::supply_ends()).
void supply_ends(Pipe& pipe, int count);
int change_pipe_mode(Pipe& pipe, int flags);

// Descriptors received over IPC.
std::size_t pending_count(const Pipe& pipe);
uv_handle_type pending_type(const Pipe& pipe);
// The oldest one: 0, or UV_EAGAIN.
int take_received(Pipe& pipe, OwnedDescriptor& received);

}  // namespace violet
