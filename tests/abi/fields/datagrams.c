/* Lives of UDP and poll handles. */
#include <sys/socket.h>
#include <unistd.h>

#include "show.h"

static uv_udp_t udp;
static uv_poll_t poll_handle;

static void on_receive(uv_udp_t* handle, ssize_t size, const uv_buf_t* buffer,
                       const struct sockaddr* sender, unsigned int flags) {
  (void)buffer;
  (void)flags;
  if (sender == NULL) return;
  CHECK(size > 0);
  show("received", handle);
  CHECK(uv_udp_recv_stop(handle) == 0);
  show("receiving stopped", handle);
}

static void on_send(uv_udp_send_t* request, int status) {
  CHECK(status == 0);
  show_send("send callback", request);
}

static void send_to_itself(const struct sockaddr* name, int count) {
  static uv_udp_send_t sending;
  uv_buf_t buffers[8];
  for (int i = 0; i < count; ++i)
    buffers[i] = uv_buf_init("text", 4);
  CHECK(uv_udp_send(&sending, &udp, buffers, (unsigned int)count, name, on_send) == 0);
  printf("send called: nbufs %u, family %d\n", sending.nbufs, sending.addr.ss_family);
  show("sending", &udp);
  finish();
  CHECK(uv_udp_recv_start(&udp, allocate, on_receive) == 0);
  show("receiving", &udp);
  finish();
}

static void init_udp(void) {
  memset(&udp, 0, sizeof(udp));
  CHECK(uv_udp_init(&loop, &udp) == 0);
}

static void udp_life(const char* address, int buffers) {
  struct sockaddr_storage name;
  int size = sizeof(name);
  memset(&name, 0, sizeof(name));
  if (uv_ip4_addr(address, 0, (struct sockaddr_in*)&name) != 0)
    CHECK(uv_ip6_addr(address, 0, (struct sockaddr_in6*)&name) == 0);
  printf("== UDP, %s, %d buffers\n", address, buffers);
  init_udp();
  show("init", &udp);
  CHECK(uv_udp_bind(&udp, (const struct sockaddr*)&name, 0) == 0);
  show("bound", &udp);
  CHECK(uv_udp_getsockname(&udp, (struct sockaddr*)&name, &size) == 0);
  send_to_itself((const struct sockaddr*)&name, buffers);
  CHECK(uv_udp_connect(&udp, (const struct sockaddr*)&name) == 0);
  show("connected", &udp);
  CHECK(uv_udp_connect(&udp, NULL) == 0);
  show("disconnected", &udp);
  close_now(&udp);
}

static void other_sockets(void) {
  printf("== UDP sockets without bind\n");
  memset(&udp, 0, sizeof(udp));
  CHECK(uv_udp_init_ex(&loop, &udp, AF_INET | UV_UDP_RECVMMSG) == 0);
  printf("with a socket: flags %08x, fd %s\n", udp.flags,
         descriptor_text((uv_handle_t*)&udp, udp.io_watcher.fd));
  close_now(&udp);
  init_udp();
  CHECK(uv_udp_open(&udp, socket(AF_INET, SOCK_DGRAM, 0)) == 0);
  printf("opened: flags %08x, fd %s\n", udp.flags,
         descriptor_text((uv_handle_t*)&udp, udp.io_watcher.fd));
  close_now(&udp);
  init_udp();
  CHECK(uv_udp_recv_start(&udp, allocate, on_receive) == 0);
  printf("receiving unbound: flags %08x\n", udp.flags);
  close_now(&udp);
}

static void on_poll(uv_poll_t* handle, int status, int events) {
  CHECK(status == 0);
  printf("events %d\n", events);
  show("poll callback", handle);
  CHECK(uv_poll_stop(handle) == 0);
}

static void poll_life(void) {
  printf("== poll\n");
  int ends[2];
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  memset(&poll_handle, 0, sizeof(poll_handle));
  CHECK(uv_poll_init(&loop, &poll_handle, ends[0]) == 0);
  show("init", &poll_handle);
  for (int events = 1; events < 16; ++events) {
    CHECK(uv_poll_start(&poll_handle, events, on_poll) == 0);
    show("started", &poll_handle);
  }
  CHECK(uv_poll_stop(&poll_handle) == 0);
  show("stopped", &poll_handle);
  CHECK(uv_poll_start(&poll_handle, UV_WRITABLE, on_poll) == 0);
  finish();
  /* As libwebsockets does: what it waits for now, and one thing less. */
  CHECK(uv_poll_start(&poll_handle, UV_READABLE | UV_WRITABLE, on_poll) == 0);
  int left = (int)poll_handle.io_watcher.pevents & UV_READABLE;
  CHECK(uv_poll_start(&poll_handle, left, on_poll) == 0);
  show("readable only", &poll_handle);
  close_now(&poll_handle);
  close(ends[0]);
  close(ends[1]);
}

void datagram_lives(void) {
  udp_life("127.0.0.1", 1);
  udp_life("::1", 7);
  other_sockets();
  poll_life();
}
