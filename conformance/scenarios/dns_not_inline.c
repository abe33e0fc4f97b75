/*
 * uv_getaddrinfo() answers through its callback, once, even for a numeric address.
 *
 * rules: DNS-01, DNS-02
 * total: requested, address(status=OK), name(status=OK)
 */
#include "pairs.h"

#include <netdb.h>

static uv_getaddrinfo_t request;
static uv_getnameinfo_t name_request;
static struct sockaddr_in address;

static void on_name(uv_getnameinfo_t* name, int status, const char* host, const char* service) {
  (void)name;
  check(strcmp(host, "127.0.0.1") == 0 && strcmp(service, "80") == 0);
  trace_status("name", status);
}

static void on_address(uv_getaddrinfo_t* lookup, int status, struct addrinfo* found) {
  trace_status("address", status);
  memcpy(&address, found->ai_addr, sizeof address);
  uv_freeaddrinfo(found);
  must(uv_getnameinfo(lookup->loop, &name_request, on_name, (struct sockaddr*)&address,
                      NI_NUMERICHOST | NI_NUMERICSERV));
}

static void scenario(uv_loop_t* loop) {
  struct addrinfo hints;
  memset(&hints, 0, sizeof hints);
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST;
  must(uv_getaddrinfo(loop, &request, on_address, "127.0.0.1", "80", &hints));
  trace("requested");
  must(uv_run(loop, UV_RUN_DEFAULT));
}
