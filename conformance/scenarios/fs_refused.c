/*
 * Refused by the call, before anything has begun: an operation with a callback but no loop to run
 * it, and one of more bytes than a result could tell.
 *
 * rules: FS-18, FS-19, DNS-03
 * needs: uv_metrics_info
 * differs: libuv 1.44 looks into the loop that is not there.
 * total: stat(status=EINVAL), address(status=EINVAL), name(status=EINVAL), random(status=EINVAL)
 * total: work(status=EINVAL), without-callback(status=OK)
 * total: large(status=EINVAL), many(status=EINVAL), send(status=EINVAL)
 */
#include "trace.h"

#include <netdb.h>

static void on_stat(uv_fs_t* request) {
  (void)request;
  trace("callback");
}

static void on_addresses(uv_getaddrinfo_t* request, int status, struct addrinfo* addresses) {
  (void)request;
  (void)status;
  (void)addresses;
  trace("callback");
}

static void on_name(uv_getnameinfo_t* request, int status, const char* host, const char* service) {
  (void)request;
  (void)status;
  (void)host;
  (void)service;
  trace("callback");
}

static void on_random(uv_random_t* request, int status, void* bytes, size_t size) {
  (void)request;
  (void)status;
  (void)bytes;
  (void)size;
  trace("callback");
}

static void on_work(uv_work_t* work) {
  (void)work;
  trace("callback");
}

static void without_loop(void) {
  static uv_fs_t file;
  static uv_getaddrinfo_t addresses;
  static uv_getnameinfo_t name;
  static uv_random_t random_request;
  static uv_work_t work;
  static char bytes[4];
  struct sockaddr_in address;
  must(uv_ip4_addr("127.0.0.1", 80, &address));
  trace_status("stat", uv_fs_stat(NULL, &file, ".", on_stat));
  trace_status("address", uv_getaddrinfo(NULL, &addresses, on_addresses, "127.0.0.1", "80", NULL));
  trace_status("name", uv_getnameinfo(NULL, &name, on_name, (struct sockaddr*)&address, 0));
  trace_status("random", uv_random(NULL, &random_request, bytes, 4, 0, on_random));
  trace_status("work", uv_queue_work(NULL, &work, on_work, NULL));
  trace_status("without-callback", uv_getaddrinfo(NULL, &addresses, NULL, "127.0.0.1", "80", NULL));
  uv_freeaddrinfo(addresses.addrinfo);
}

static void scenario(uv_loop_t* loop) {
  static uv_fs_t request;
  static char byte;
  uv_buf_t buffers[2];
  without_loop();
  buffers[0] = uv_buf_init(&byte, 0x7ffff001);
  trace_status("large", uv_fs_write(loop, &request, -1, buffers, 1, 0, on_stat));
  buffers[0] = uv_buf_init(&byte, 0x40000000);
  buffers[1] = uv_buf_init(&byte, 0x40000000);
  trace_status("many", uv_fs_read(loop, &request, -1, buffers, 2, 0, on_stat));
  trace_status("send", uv_fs_sendfile(loop, &request, -1, -1, 0, 0x7ffff001, on_stat));
}
