#include "handle/pipe.h"

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

// While the socket still exists, so that its file's number is its own.
void remove_bound_path(Pipe& pipe) {
  if (pipe.bound_path == nullptr) return;
  remove_socket_file(pipe.bound_path, bound_file(pipe));
  release(pipe.bound_path);
  pipe.bound_path = nullptr;
}

void release_extra(Pipe& pipe) {
  PipeExtra* extra = pipe.extra();
  if (extra == nullptr) return;
  pipe.extra() = nullptr;
  for (std::size_t i = extra->next_received; i < extra->received.size(); ++i)
    close_descriptor(extra->received[i]);
  destroy(extra);
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

int make_socket(Pipe& pipe) {
  if (is_open(pipe.stream)) return 0;
  Descriptor socket = open_local_socket();
  if (socket < 0) return socket;
  open_stream(pipe.stream, socket, 0, Nature::kSocket, Sharing::kOwn);
  return 0;
}

int make_address(const char* name, std::size_t length, unsigned int flags, LocalAddress& address) {
  if (name == nullptr || (flags & ~static_cast<unsigned int>(UV_PIPE_NO_TRUNCATE)) != 0) {
    return UV_EINVAL;
  }
  return make_local_address(name, length, (flags & UV_PIPE_NO_TRUNCATE) != 0, address);
}

void receive_all(Pipe& pipe, const PassedDescriptors& passed) {
  if (passed.count == 0) return;
  PipeExtra* extra = extra_of(pipe);
  for (unsigned int i = 0; i < passed.count; ++i) {
    if (extra == nullptr || !extra->received.push_back(passed.descriptors[i])) {
      close_descriptor(passed.descriptors[i]);
    }
  }
}

int try_connect(Pipe& pipe, uv_connect_t* request, const LocalAddress& address,
                uv_connect_cb callback) {
  if (int error = make_socket(pipe); error != 0) return error;
  return start_connect(pipe.stream, request, address.get(), address.size, callback);
}

}  // namespace

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
  const Nature nature = is_socket(descriptor) ? Nature::kSocket : Nature::kPipe;
  open_stream(pipe.stream, descriptor, directions, nature, Sharing::kShared);
  return 0;
}

int adopt_pipe(Pipe& pipe, Descriptor descriptor, Nature nature, Sharing sharing) {
  if (is_open(pipe.stream)) return UV_EBUSY;
  // Descriptors that are passed over it are seen by our own recvmsg(2) only.
  if (pipe.ipc != 0) sharing = Sharing::kShared;
  open_stream(pipe.stream, descriptor, kCanRead | kCanWrite, nature, sharing);
  return 0;
}

int bind_pipe(Pipe& pipe, const char* name, std::size_t length, unsigned int flags) {
  if (is_open(pipe.stream) || pipe.stream.handle.has(kClosing)) return UV_EINVAL;
  LocalAddress address;
  if (int error = make_address(name, length, flags, address); error != 0) return error;
  Owned<char> path(duplicate_string(address.path()));
  if (!path) return UV_ENOMEM;
  const bool has_file = path[0] != '\0';
  if (has_file && extra_of(pipe) == nullptr) return UV_ENOMEM;
  Descriptor socket = open_local_socket();
  if (socket < 0) return socket;
  if (int error = bind_local_socket(socket, address); error != 0) {
    close_descriptor(socket);
    return error;
  }
  if (has_file) {
    pipe.bound_path = path.take();
    pipe.extra()->bound_file = socket_file(pipe.bound_path);
  }
  open_stream(pipe.stream, socket, kBound, Nature::kSocket, Sharing::kOwn);
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
  // The engine has one op for each stream, and it is a write.
  if (stream.handle.has(kOpSubmitted)) return UV_EISCONN;
  // Nobody is called by no name.
  if (length == 0) return UV_EINVAL;
  LocalAddress address;
  if (int error = make_address(name, length, flags, address); error != 0) return error;
  const int error = try_connect(pipe, request, address, callback);
  if (error != 0 && stream.handle.has(kCanWrite)) {
    // A connection that there is goes on, and its writes with it.
    refuse_connect(pipe, request, callback, error);
  } else if (error != 0) {
    fail_connect(stream, request, callback, error);
  } else {
    stream.handle.set(kCanRead | kCanWrite);
    if (pipe.ipc != 0) stream.channel.sharing = Sharing::kShared;
  }
  return 0;
}

int change_pipe_mode(Pipe& pipe, int flags) {
  if (!is_open(pipe.stream)) return UV_EBADF;
  if (flags == 0 || (flags & ~(UV_READABLE | UV_WRITABLE)) != 0) return UV_EINVAL;
  return allow_everybody(pipe.stream.channel.descriptor, bound_file(pipe),
                         (flags & UV_READABLE) != 0, (flags & UV_WRITABLE) != 0);
}

std::size_t pending_count(const Pipe& pipe) {
  const PipeExtra* extra = pipe.extra();
  return extra == nullptr ? 0 : extra->received.size() - extra->next_received;
}

uv_handle_type pending_type(const Pipe& pipe) {
  if (pending_count(pipe) == 0) return UV_UNKNOWN_HANDLE;
  return guess_handle(pipe.extra()->received[pipe.extra()->next_received]);
}

Descriptor take_received(Pipe& pipe) {
  if (pending_count(pipe) == 0) return UV_EAGAIN;
  PipeExtra& extra = *pipe.extra();
  Descriptor descriptor = extra.received[extra.next_received++];
  if (extra.next_received == extra.received.size()) {
    extra.received.clear();
    extra.next_received = 0;
  }
  return descriptor;
}

std::int64_t receive_passed(Stream& stream, const uv_buf_t& buffer) {
  PassedDescriptors passed;
  std::int64_t count = receive_with_descriptors(stream.channel.descriptor, buffer, passed);
  receive_all(reinterpret_cast<Pipe&>(stream), passed);
  return count;
}

}  // namespace violet
