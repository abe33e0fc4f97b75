#include "handle/poll.h"

using violet::Poll;
using violet::view;

int uv_poll_init(uv_loop_t* loop, uv_poll_t* handle, int fd) {
  return violet::init_poll(violet::loop_of(loop), handle, violet::descriptor_of_file(fd));
}

int uv_poll_init_socket(uv_loop_t* loop, uv_poll_t* handle, uv_os_sock_t socket) {
  return violet::init_poll(violet::loop_of(loop), handle, violet::descriptor_of_socket(socket));
}

int uv_poll_start(uv_poll_t* handle, int events, uv_poll_cb cb) {
  return start(view<Poll>(handle), events, cb);
}

int uv_poll_stop(uv_poll_t* handle) {
  stop(view<Poll>(handle));
  return 0;
}
