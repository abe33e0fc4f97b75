#include "handle/stream.h"

#include "handle/pipe.h"
#include "handle/stream_accept.h"
#include "handle/tcp.h"

using violet::Stream;
using violet::view;
using violet::WriteRequest;

int uv_listen(uv_stream_t* stream, int backlog, uv_connection_cb cb) {
  switch (stream->type) {
    case UV_TCP:
      return listen_tcp(reinterpret_cast<violet::Tcp&>(*stream), backlog, cb);
    case UV_NAMED_PIPE:
      return listen_pipe(reinterpret_cast<violet::Pipe&>(*stream), backlog, cb);
    default:
      return UV_EINVAL;
  }
}

int uv_accept(uv_stream_t* server, uv_stream_t* client) {
  return accept_into(view<Stream>(server), reinterpret_cast<violet::Handle&>(*client));
}

int uv_read_start(uv_stream_t* stream, uv_alloc_cb alloc_cb, uv_read_cb read_cb) {
  if (stream == nullptr) return UV_EINVAL;
  return start_reading(view<Stream>(stream), alloc_cb, read_cb);
}

int uv_read_stop(uv_stream_t* stream) {
  stop_reading(view<Stream>(stream));
  return 0;
}

int uv_write(uv_write_t* req, uv_stream_t* handle, const uv_buf_t bufs[], unsigned int nbufs,
             uv_write_cb cb) {
  return start_write(view<Stream>(handle), view<WriteRequest>(req), bufs, nbufs, nullptr, cb);
}

int uv_write2(uv_write_t* req, uv_stream_t* handle, const uv_buf_t bufs[], unsigned int nbufs,
              uv_stream_t* send_handle, uv_write_cb cb) {
  return start_write(view<Stream>(handle), view<WriteRequest>(req), bufs, nbufs, send_handle, cb);
}

int uv_try_write(uv_stream_t* handle, const uv_buf_t bufs[], unsigned int nbufs) {
  return uv_try_write2(handle, bufs, nbufs, nullptr);
}

int uv_try_write2(uv_stream_t* handle, const uv_buf_t bufs[], unsigned int nbufs,
                  uv_stream_t* send_handle) {
  return static_cast<int>(try_write(view<Stream>(handle), bufs, nbufs, send_handle));
}

int uv_shutdown(uv_shutdown_t* req, uv_stream_t* handle, uv_shutdown_cb cb) {
  return start_shutdown(view<Stream>(handle), req, cb);
}

int uv_is_readable(const uv_stream_t* handle) {
  return view<Stream>(handle).handle.has(violet::kCanRead) ? 1 : 0;
}

int uv_is_writable(const uv_stream_t* handle) {
  return view<Stream>(handle).handle.has(violet::kCanWrite) ? 1 : 0;
}

int uv_stream_set_blocking(uv_stream_t* handle, int blocking) {
  return set_blocking(view<Stream>(handle), blocking != 0);
}

size_t uv_stream_get_write_queue_size(const uv_stream_t* stream) {
  return stream->write_queue_size;
}
