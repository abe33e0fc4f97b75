/*
 * A socket that was bound with UV_UDP_LINUX_RECVERR hears through its receive callback that nobody
 * listens where it sends to, with that flag; then that there is nothing more.
 *
 * rules: UDP-09
 * [before 1.52] total: refused(status=ECONNREFUSED)
 * [since 1.52] total: refused(status=ECONNREFUSED), flag(set=1), end
 * differs: libuv 1.44 sets no flag, and never comes to the end of the errors
 */
#include "pairs.h"

static uv_udp_t sender;
static uv_udp_t nobody;

static void on_received(uv_udp_t* handle, ssize_t nread, const uv_buf_t* buf,
                        const struct sockaddr* from, unsigned flags) {
  (void)buf;
  check(from == NULL);
  if (nread == 0) {
    trace("end");
    uv_close((uv_handle_t*)handle, NULL);
    return;
  }
  trace_status("refused", nread);
  if (uv_version() < ((1 << 16) | (52 << 8))) {
    uv_close((uv_handle_t*)handle, NULL);
  } else {
    trace_int("flag", "set", flags == UV_UDP_LINUX_RECVERR);
  }
}

static void scenario(uv_loop_t* loop) {
  uv_utsname_t system;
  must(uv_os_uname(&system));
  if (strcmp(system.sysname, "Linux") != 0) skip("no socket keeps its errors here");
  struct sockaddr_in gone = udp_bound(loop, &nobody);
  struct sockaddr_in address;
  uv_buf_t buffer = uv_buf_init((char*)"x", 1);
  uv_close((uv_handle_t*)&nobody, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
  must(uv_udp_init(loop, &sender));
  must(uv_ip4_addr("127.0.0.1", 0, &address));
  must(uv_udp_bind(&sender, (const struct sockaddr*)&address, UV_UDP_LINUX_RECVERR));
  must(uv_udp_recv_start(&sender, give_buffer, on_received));
  check(uv_udp_try_send(&sender, &buffer, 1, (const struct sockaddr*)&gone) == 1);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
