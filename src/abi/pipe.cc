#include "handle/pipe.h"

#include <cstring>

#include "os/local_socket.h"

using violet::Pipe;
using violet::view;

namespace {

int name_of(const uv_pipe_t* handle, violet::SocketEnd end, char* buffer, size_t* size) {
  if (buffer == nullptr || size == nullptr || *size == 0) return UV_EINVAL;
  return violet::local_socket_name(view<Pipe>(handle).stream.channel.descriptor, end, buffer, size);
}

}  // namespace

int uv_pipe_init(uv_loop_t* loop, uv_pipe_t* handle, int ipc) {
  violet::init_pipe(violet::loop_of(loop), handle, ipc != 0);
  return 0;
}

int uv_pipe_open(uv_pipe_t* handle, uv_file file) {
  if (int error = violet::take_over_file(file); error != 0) return error;
  const int error = open_pipe(view<Pipe>(handle), violet::descriptor_of_file(file));
  if (error != 0) violet::give_back_file(file);
  return error;
}

int uv_pipe_bind(uv_pipe_t* handle, const char* name) {
  return uv_pipe_bind2(handle, name, name == nullptr ? 0 : std::strlen(name), 0);
}

int uv_pipe_bind2(uv_pipe_t* handle, const char* name, size_t namelen, unsigned int flags) {
  return bind_pipe(view<Pipe>(handle), name, namelen, flags);
}

void uv_pipe_connect(uv_connect_t* req, uv_pipe_t* handle, const char* name, uv_connect_cb cb) {
  Pipe& pipe = view<Pipe>(handle);
  std::size_t length = name == nullptr ? 0 : std::strlen(name);
  int error = connect_pipe(pipe, req, name, length, 0, cb);
  if (error != 0) refuse_connect(pipe, req, cb, error);
}

int uv_pipe_connect2(uv_connect_t* req, uv_pipe_t* handle, const char* name, size_t namelen,
                     unsigned int flags, uv_connect_cb cb) {
  return connect_pipe(view<Pipe>(handle), req, name, namelen, flags, cb);
}

int uv_pipe_getsockname(const uv_pipe_t* handle, char* buffer, size_t* size) {
  return name_of(handle, violet::SocketEnd::kOwn, buffer, size);
}
int uv_pipe_getpeername(const uv_pipe_t* handle, char* buffer, size_t* size) {
  return name_of(handle, violet::SocketEnd::kPeer, buffer, size);
}

int uv_pipe_chmod(uv_pipe_t* handle, int flags) {
  return handle == nullptr ? UV_EBADF : change_pipe_mode(view<Pipe>(handle), flags);
}

void uv_pipe_pending_instances(uv_pipe_t* handle, int count) {
  supply_ends(view<Pipe>(handle), count);
}

int uv_pipe_pending_count(uv_pipe_t* handle) {
  return static_cast<int>(pending_count(view<Pipe>(handle)));
}
uv_handle_type uv_pipe_pending_type(uv_pipe_t* handle) {
  return pending_type(view<Pipe>(handle));
}
