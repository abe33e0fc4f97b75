/*
 * A program reads the descriptor of a handle and of its loop without asking.
 *
 * rules: SEEN-01, SEEN-02
 * total: none, told, none, none, told, none, loop, loop_after_fork
 * needs: uv_backend_fd
 */
#include "trace.h"

static uv_tcp_t tcp;
static uv_udp_t udp;

static void show(const void* handle, int fd) {
  uv_os_fd_t asked = -1;
  uv_fileno((const uv_handle_t*)handle, &asked);
  trace(fd != asked ? "another" : fd == -1 ? "none" : "told");
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in name;
  must(uv_ip4_addr("127.0.0.1", 0, &name));
  must(uv_tcp_init(loop, &tcp));
  show(&tcp, tcp.io_watcher.fd);
  must(uv_tcp_bind(&tcp, (const struct sockaddr*)&name, 0));
  show(&tcp, tcp.io_watcher.fd);
  uv_close((uv_handle_t*)&tcp, NULL);
  show(&tcp, tcp.io_watcher.fd);
  must(uv_udp_init(loop, &udp));
  show(&udp, udp.io_watcher.fd);
  must(uv_udp_bind(&udp, (const struct sockaddr*)&name, 0));
  show(&udp, udp.io_watcher.fd);
  uv_close((uv_handle_t*)&udp, NULL);
  show(&udp, udp.io_watcher.fd);
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace(loop->backend_fd >= 0 && loop->backend_fd == uv_backend_fd(loop) ? "loop" : "another");
  must(uv_loop_fork(loop));
  trace(loop->backend_fd == uv_backend_fd(loop) ? "loop_after_fork" : "another");
}
