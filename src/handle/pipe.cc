#include "handle/pipe.h"

#include <utility>

#include "handle/stream_parts.h"
#include "os/local_socket.h"
#include "os/open_files.h"
#include "os/socket.h"

namespace violet {
namespace {

Pipe& pipe_of(Handle& handle) {
  return reinterpret_cast<Pipe&>(handle);
}

// Null when out of memory.
PipeExtra* extra_of(Pipe& pipe) {
  if (pipe.extra() == nullptr) pipe.extra() = create<PipeExtra>();
  return pipe.extra();
}

SocketFile bound_file(const Pipe& pipe) {
  return pipe.extra() == nullptr ? SocketFile{} : pipe.extra()->bound_file;
}

// To be called while the socket is still open: until then no other file can have its inode number.
void remove_bound_path(Pipe& pipe) {
  if (pipe.bound_path == nullptr) return;
  remove_socket_file(pipe.bound_path, bound_file(pipe));
  release(pipe.bound_path);
  pipe.bound_path = nullptr;
}

void release_extra(Pipe& pipe) {
  destroy(pipe.extra());
  pipe.extra() = nullptr;
}

void close_pipe(Handle& handle) {
  remove_bound_path(pipe_of(handle));
  release_extra(pipe_of(handle));
  close_stream(handle);
}

void pipe_closed(Handle& handle) {
  hand_out_cancelled(handle);
  cancel_refused_connects(pipe_of(handle));
}

constexpr HandleKind kPipeKind = {UV_NAMED_PIPE, close_pipe, pipe_closed, stream_descriptor};

Nature nature_of(const Pipe& pipe, bool is_socket) {
  if (is_socket) return Nature::kSocket;
  return pipe.ipc != 0 ? Nature::kIpcPipe : Nature::kPipe;
}

// Where a pipe is opened by connecting, this makes no socket: the engine opens the pipe.
int make_socket(Pipe& pipe) {
  if (is_open(pipe.stream)) return 0;
  OwnedDescriptor socket;
  if (int error = open_local_socket(socket); error != 0) return error;
  open_stream(pipe.stream, socket.take(), 0, nature_of(pipe, kLocalSocketsAreSockets),
              Sharing::kOwn);
  return 0;
}

int make_address(const char* name, std::size_t length, unsigned int flags, LocalAddress& address) {
  if (name == nullptr || (flags & ~static_cast<unsigned int>(UV_PIPE_NO_TRUNCATE)) != 0) {
    return UV_EINVAL;
  }
  return make_local_address(name, length, (flags & UV_PIPE_NO_TRUNCATE) != 0, address);
}

void receive_all(Pipe& pipe, PassedDescriptors& passed) {
  if (passed.empty()) return;
  PipeExtra* extra = extra_of(pipe);
  while (extra != nullptr && !passed.empty())
    extra->received.add(passed.take());
}

int try_connect(Pipe& pipe, uv_connect_t* request, const LocalAddress& address,
                uv_connect_cb callback) {
  if (int error = make_socket(pipe); error != 0) return error;
  return start_connect(pipe.stream, request, address.get(), address.size, callback);
}

}  // namespace

ReceivedDescriptors::~ReceivedDescriptors() {
  while (count() > 0)
    take_oldest().close();
}

void ReceivedDescriptors::add(OwnedDescriptor received) {
  if (waiting_.push_back(received.get())) received.take();
}

OwnedDescriptor ReceivedDescriptors::take_oldest() {
  OwnedDescriptor oldest(waiting_[next_++]);
  if (next_ == waiting_.size()) {
    waiting_.clear();
    next_ = 0;
  }
  return oldest;
}

void init_pipe(Loop& loop, uv_pipe_t* public_pipe, bool ipc) {
  Pipe& pipe = view<Pipe>(public_pipe);
  init_stream(loop, pipe.stream, kPipeKind, sizeof(Pipe));
  pipe.ipc = ipc ? 1 : 0;
  if (ipc) pipe.stream.handle.set(kPassesDescriptors);
}

int open_pipe(Pipe& pipe, Descriptor descriptor) {
  if (is_open(pipe.stream)) return UV_EBUSY;
  if (pipe.stream.handle.has(kClosing)) return UV_EINVAL;
  if (int error = check_unused(pipe.stream, descriptor); error != 0) return error;
  AccessMode mode;
  if (int error = access_mode(descriptor, mode); error != 0) return error;
  if (int error = set_nonblocking(descriptor, true); error != 0) return error;
  HandleFlags directions = (mode.readable ? kCanRead : 0) | (mode.writable ? kCanWrite : 0);
  open_stream(pipe.stream, descriptor, directions, nature_of(pipe, is_socket(descriptor)),
              Sharing::kShared);
  return 0;
}

int adopt_pipe(Pipe& pipe, OwnedDescriptor& descriptor, bool is_socket, Sharing sharing) {
  if (is_open(pipe.stream)) return UV_EBUSY;
  // Descriptors that are passed over a socket are seen by our own recvmsg(2) only.
  if (pipe.ipc != 0 && is_socket) sharing = Sharing::kShared;
  open_stream(pipe.stream, descriptor.take(), kCanRead | kCanWrite, nature_of(pipe, is_socket),
              sharing);
  return 0;
}

void name_child(Pipe& pipe, int pid) {
  if (pipe.ipc != 0) loop_of(pipe.stream.handle).engine->name_peer(pipe.stream.channel, pid);
}

int bind_pipe(Pipe& pipe, const char* name, std::size_t length, unsigned int flags) {
  if (is_open(pipe.stream) || pipe.stream.handle.has(kClosing)) return UV_EINVAL;
  LocalAddress address;
  if (int error = make_address(name, length, flags, address); error != 0) return error;
  Owned<char> path(duplicate_string(address.path()));
  if (!path) return UV_ENOMEM;
  const bool has_file = path[0] != '\0';
  if (has_file && extra_of(pipe) == nullptr) return UV_ENOMEM;
  OwnedDescriptor socket;
  if (int error = open_bound_local_socket(address, socket); error != 0) return error;
  if (has_file) {
    pipe.bound_path = path.take();
    pipe.extra()->bound_file = socket_file(pipe.bound_path);
  }
  open_stream(pipe.stream, socket.take(), kBound, nature_of(pipe, kLocalSocketsAreSockets),
              Sharing::kOwn);
  return 0;
}

int listen_pipe(Pipe& pipe, int backlog, uv_connection_cb callback) {
  if (!is_open(pipe.stream) || pipe.ipc != 0 || pipe.stream.handle.has(kClosing)) return UV_EINVAL;
  return start_listening(pipe.stream, backlog, callback);
}

int connect_pipe(Pipe& pipe, uv_connect_t* request, const char* name, std::size_t length,
                 unsigned int flags, uv_connect_cb callback) {
  Stream& stream = pipe.stream;
  if (stream.handle.has(kClosing | kListening)) return UV_EINVAL;
  if (stream.handle.has(kConnecting)) return UV_EALREADY;
  // A stream has one op only, and a write is using it.
  if (stream.handle.has(kOpSubmitted)) return UV_EISCONN;
  // No pipe has an empty name.
  if (length == 0) return UV_EINVAL;
  LocalAddress address;
  if (int error = make_address(name, length, flags, address); error != 0) return error;
  const int error = try_connect(pipe, request, address, callback);
  if (error != 0 && stream.handle.has(kCanWrite)) {
    // A connection that exists already stays, and so do its writes.
    refuse_connect(pipe, request, callback, error);
  } else if (error != 0) {
    fail_connect(stream, request, callback, error);
  } else {
    stream.handle.set(kCanRead | kCanWrite);
    if (pipe.ipc != 0 && stream.channel.is_socket()) stream.channel.sharing = Sharing::kShared;
  }
  return 0;
}

void supply_ends(Pipe& pipe, int count) {
  if (!is_open(pipe.stream) || pipe.stream.handle.has(kListening) || count <= 0) return;
  loop_of(pipe.stream.handle)
      .engine->supply_ends(pipe.stream.channel, static_cast<unsigned int>(count));
}

int change_pipe_mode(Pipe& pipe, int flags) {
  if (!is_open(pipe.stream)) return UV_EBADF;
  if (flags == 0 || (flags & ~(UV_READABLE | UV_WRITABLE)) != 0) return UV_EINVAL;
  return allow_everybody(pipe.stream.channel.descriptor, bound_file(pipe),
                         (flags & UV_READABLE) != 0, (flags & UV_WRITABLE) != 0);
}

std::size_t pending_count(const Pipe& pipe) {
  const PipeExtra* extra = pipe.extra();
  return extra == nullptr ? 0 : extra->received.count();
}

uv_handle_type pending_type(const Pipe& pipe) {
  if (pending_count(pipe) == 0) return UV_UNKNOWN_HANDLE;
  return guess_handle(pipe.extra()->received.oldest());
}

int take_received(Pipe& pipe, OwnedDescriptor& received) {
  if (pending_count(pipe) == 0) return UV_EAGAIN;
  received = pipe.extra()->received.take_oldest();
  return 0;
}

std::int64_t receive_passed(Stream& stream, const uv_buf_t& buffer) {
  PassedDescriptors passed;
  std::int64_t count = receive_with_descriptors(stream.channel.descriptor, buffer, passed);
  receive_all(reinterpret_cast<Pipe&>(stream), passed);
  return count;
}

void keep_passed(Stream& stream) {
  Pipe& pipe = reinterpret_cast<Pipe&>(stream);
  OwnedDescriptor passed;
  while (loop_of(stream.handle).engine->take_passed(stream.channel, passed)) {
    if (PipeExtra* extra = extra_of(pipe); extra != nullptr) extra->received.add(std::move(passed));
  }
}

}  // namespace violet
