// Interposed: sockets, reading and writing, and what is waited with.
#include "interposed.h"

using namespace faults;

extern "C" {

long call_socket(long, long, long, long, long, long, long) asm("socket");
long call_socket(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("socket")>(a, b, c, d, e, f, g);
}

long call_socketpair(long, long, long, long, long, long, long) asm("socketpair");
long call_socketpair(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("socketpair")>(a, b, c, d, e, f, g);
}

long call_pipe2(long, long, long, long, long, long, long) asm("pipe2");
long call_pipe2(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("pipe2")>(a, b, c, d, e, f, g);
}

long call_bind(long, long, long, long, long, long, long) asm("bind");
long call_bind(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("bind")>(a, b, c, d, e, f, g);
}

long call_listen(long, long, long, long, long, long, long) asm("listen");
long call_listen(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("listen")>(a, b, c, d, e, f, g);
}

long call_connect(long, long, long, long, long, long, long) asm("connect");
long call_connect(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("connect")>(a, b, c, d, e, f, g);
}

long call_accept4(long, long, long, long, long, long, long) asm("accept4");
long call_accept4(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("accept4")>(a, b, c, d, e, f, g);
}

long call_getsockname(long, long, long, long, long, long, long) asm("getsockname");
long call_getsockname(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("getsockname")>(a, b, c, d, e, f, g);
}

long call_getpeername(long, long, long, long, long, long, long) asm("getpeername");
long call_getpeername(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("getpeername")>(a, b, c, d, e, f, g);
}

long call_getsockopt(long, long, long, long, long, long, long) asm("getsockopt");
long call_getsockopt(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("getsockopt")>(a, b, c, d, e, f, g);
}

long call_setsockopt(long, long, long, long, long, long, long) asm("setsockopt");
long call_setsockopt(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("setsockopt")>(a, b, c, d, e, f, g);
}

long call_shutdown(long, long, long, long, long, long, long) asm("shutdown");
long call_shutdown(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("shutdown")>(a, b, c, d, e, f, g);
}

long call_read(long, long, long, long, long, long, long) asm("read");
long call_read(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("read")>(a, b, c, d, e, f, g);
}

long call_readv(long, long, long, long, long, long, long) asm("readv");
long call_readv(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("readv")>(a, b, c, d, e, f, g);
}

long call_pread(long, long, long, long, long, long, long) asm("pread");
long call_pread(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("pread")>(a, b, c, d, e, f, g);
}

long call_preadv(long, long, long, long, long, long, long) asm("preadv");
long call_preadv(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("preadv")>(a, b, c, d, e, f, g);
}

long call_preadv2(long, long, long, long, long, long, long) asm("preadv2");
long call_preadv2(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("preadv2")>(a, b, c, d, e, f, g);
}

long call_write(long, long, long, long, long, long, long) asm("write");
long call_write(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("write")>(a, b, c, d, e, f, g);
}

long call_writev(long, long, long, long, long, long, long) asm("writev");
long call_writev(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("writev")>(a, b, c, d, e, f, g);
}

long call_pwrite(long, long, long, long, long, long, long) asm("pwrite");
long call_pwrite(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("pwrite")>(a, b, c, d, e, f, g);
}

long call_pwritev(long, long, long, long, long, long, long) asm("pwritev");
long call_pwritev(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("pwritev")>(a, b, c, d, e, f, g);
}

long call_send(long, long, long, long, long, long, long) asm("send");
long call_send(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("send")>(a, b, c, d, e, f, g);
}

long call_sendmsg(long, long, long, long, long, long, long) asm("sendmsg");
long call_sendmsg(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("sendmsg")>(a, b, c, d, e, f, g);
}

long call_sendmmsg(long, long, long, long, long, long, long) asm("sendmmsg");
long call_sendmmsg(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("sendmmsg")>(a, b, c, d, e, f, g);
}

long call_recvmsg(long, long, long, long, long, long, long) asm("recvmsg");
long call_recvmsg(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("recvmsg")>(a, b, c, d, e, f, g);
}

long call_recvmmsg(long, long, long, long, long, long, long) asm("recvmmsg");
long call_recvmmsg(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("recvmmsg")>(a, b, c, d, e, f, g);
}

long call_epoll_create1(long, long, long, long, long, long, long) asm("epoll_create1");
long call_epoll_create1(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("epoll_create1")>(a, b, c, d, e, f, g);
}

long call_epoll_ctl(long, long, long, long, long, long, long) asm("epoll_ctl");
long call_epoll_ctl(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("epoll_ctl")>(a, b, c, d, e, f, g);
}

long call_epoll_pwait(long, long, long, long, long, long, long) asm("epoll_pwait");
long call_epoll_pwait(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("epoll_pwait")>(a, b, c, d, e, f, g);
}

long call_eventfd(long, long, long, long, long, long, long) asm("eventfd");
long call_eventfd(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("eventfd")>(a, b, c, d, e, f, g);
}

long call_kqueue(long, long, long, long, long, long, long) asm("kqueue");
long call_kqueue(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("kqueue")>(a, b, c, d, e, f, g);
}

long call_kevent(long, long, long, long, long, long, long) asm("kevent");
long call_kevent(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("kevent")>(a, b, c, d, e, f, g);
}

long call_inotify_init1(long, long, long, long, long, long, long) asm("inotify_init1");
long call_inotify_init1(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("inotify_init1")>(a, b, c, d, e, f, g);
}

long call_inotify_add_watch(long, long, long, long, long, long, long) asm("inotify_add_watch");
long call_inotify_add_watch(long a, long b, long c, long d, long e, long f, long g) {
  return interpose<kind_named("inotify_add_watch")>(a, b, c, d, e, f, g);
}

}  // extern "C"
