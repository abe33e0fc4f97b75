/** Unions that hold any handle and any request. */
#ifndef UV_ANY_H_
#define UV_ANY_H_

#include "uv/async.h"
#include "uv/dns.h"
#include "uv/fs.h"
#include "uv/fs_event.h"
#include "uv/phases.h"
#include "uv/pipe.h"
#include "uv/poll.h"
#include "uv/process.h"
#include "uv/signal.h"
#include "uv/tcp.h"
#include "uv/threadpool.h"
#include "uv/timer.h"
#include "uv/tty.h"
#include "uv/udp.h"

union uv_any_handle {
  uv_async_t async;
  uv_check_t check;
  uv_fs_event_t fs_event;
  uv_fs_poll_t fs_poll;
  uv_handle_t handle;
  uv_idle_t idle;
  uv_pipe_t pipe;
  uv_poll_t poll;
  uv_prepare_t prepare;
  uv_process_t process;
  uv_stream_t stream;
  uv_tcp_t tcp;
  uv_timer_t timer;
  uv_tty_t tty;
  uv_udp_t udp;
  uv_signal_t signal;
};

union uv_any_req {
  uv_req_t req;
  uv_connect_t connect;
  uv_write_t write;
  uv_shutdown_t shutdown;
  uv_udp_send_t udp_send;
  uv_fs_t fs;
  uv_work_t work;
  uv_getaddrinfo_t getaddrinfo;
  uv_getnameinfo_t getnameinfo;
  uv_random_t random;
};

#endif /* UV_ANY_H_ */
