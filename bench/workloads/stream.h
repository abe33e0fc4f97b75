/* TCP and pipes, as the server and the load of streams both need them. */
#ifndef STREAM_H_
#define STREAM_H_

#include <uv.h>

union any_stream {
  uv_tcp_t tcp;
  uv_pipe_t pipe;
  uv_stream_t stream;
  uv_handle_t handle;
};

/* The option `transport`: "tcp" or "pipe". */
int is_pipe(void);
void stream_init(uv_loop_t* loop, union any_stream* stream);
/* For TCP: neither delay, nor a state that outlives the connection. */
void stream_prepare(union any_stream* stream);
/* A free loopback port, or the pipe that the option `path` names. `flags` are those of
 * uv_tcp_bind(). */
void stream_bind(union any_stream* stream, unsigned port, unsigned flags);
unsigned stream_port(union any_stream* stream);
/* To the option `address`: a port, or a path. */
void stream_connect(union any_stream* stream, uv_connect_t* request, uv_connect_cb callback);
void stream_close_at_once(union any_stream* stream, uv_close_cb callback);

#endif
