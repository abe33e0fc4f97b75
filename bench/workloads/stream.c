#include "stream.h"

#include <stdlib.h>
#include <string.h>

#include "workload.h"

int is_pipe(void) {
  return strcmp(option_text("transport", "tcp"), "pipe") == 0;
}
static void pipe_init(uv_loop_t* loop, union any_stream* stream) {
  require(uv_pipe_init(loop, &stream->pipe, 0), "uv_pipe_init");
}
static void pipe_bind(union any_stream* stream) {
  require(uv_pipe_bind(&stream->pipe, option_text("path", "")), "uv_pipe_bind");
}
static void pipe_connect(union any_stream* stream, uv_connect_t* request, uv_connect_cb callback) {
  uv_pipe_connect(request, &stream->pipe, option_text("address", ""), callback);
}

void stream_init(uv_loop_t* loop, union any_stream* stream) {
  if (is_pipe()) {
    pipe_init(loop, stream);
  } else {
    require(uv_tcp_init(loop, &stream->tcp), "uv_tcp_init");
  }
}

void stream_prepare(union any_stream* stream) {
  if (!is_pipe()) uv_tcp_nodelay(&stream->tcp, 1);
}

void stream_bind(union any_stream* stream, unsigned port, unsigned flags) {
  struct sockaddr_in address;
  int error;
  if (is_pipe()) {
    pipe_bind(stream);
    return;
  }
  uv_ip4_addr("127.0.0.1", (int)port, &address);
  error = uv_tcp_bind(&stream->tcp, (struct sockaddr*)&address, flags);
  if (flags != 0 && (error == UV_EINVAL || error == UV_ENOTSUP)) lacks("no UV_TCP_REUSEPORT");
  require(error, "uv_tcp_bind");
}

unsigned stream_port(union any_stream* stream) {
  struct sockaddr_in address;
  int size = sizeof(address);
  const unsigned char* port = (const unsigned char*)&address.sin_port;
  require(uv_tcp_getsockname(&stream->tcp, (struct sockaddr*)&address, &size), "getsockname");
  return (unsigned)port[0] << 8 | port[1];
}

void stream_connect(union any_stream* stream, uv_connect_t* request, uv_connect_cb callback) {
  struct sockaddr_in address;
  if (is_pipe()) {
    pipe_connect(stream, request, callback);
    return;
  }
  uv_ip4_addr("127.0.0.1", atoi(option_text("address", "0")), &address);
  require(uv_tcp_connect(request, &stream->tcp, (struct sockaddr*)&address, callback),
          "uv_tcp_connect");
}

void stream_close_at_once(union any_stream* stream, uv_close_cb callback) {
  /* Thousands of ports in TIME_WAIT would soon leave none for the next round. */
  if (is_pipe() || uv_tcp_close_reset(&stream->tcp, callback) != 0) {
    uv_close(&stream->handle, callback);
  }
}
