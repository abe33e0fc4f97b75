/* Names and addresses that need no network, `depth` look-ups under way:
 * mode=getaddrinfo|getnameinfo. */
#include <string.h>

#include "workload.h"

#if !defined(_WIN32)
#include <netdb.h>
#include <netinet/in.h>
#endif

struct item {
  uv_getaddrinfo_t addresses;
  uv_getnameinfo_t names;
  uint64_t began;
};

static uv_loop_t loop;
static int asks_for_names;
static uint64_t operations;

static void ask(struct item* item);

static void on_answer(struct item* item) {
  ++operations;
  record_latency(uv_hrtime() - item->began);
  if (!time_is_up()) ask(item);
}

static void on_addresses(uv_getaddrinfo_t* request, int status, struct addrinfo* result) {
  require(status, "uv_getaddrinfo");
  if (result == NULL || result->ai_family != AF_INET) cheats("localhost has no address");
  if (((unsigned char*)&((struct sockaddr_in*)result->ai_addr)->sin_addr)[0] != 127) {
    cheats("localhost is elsewhere");
  }
  uv_freeaddrinfo(result);
  on_answer(request->data);
}

static void on_name(uv_getnameinfo_t* request, int status, const char* host, const char* service) {
  require(status, "uv_getnameinfo");
  if (strcmp(host, "127.0.0.1") != 0 || strcmp(service, "80") != 0) cheats("another name was told");
  on_answer(request->data);
}

static void ask(struct item* item) {
  struct addrinfo hints;
  struct sockaddr_in address;
  item->began = uv_hrtime();
  if (asks_for_names) {
    uv_ip4_addr("127.0.0.1", 80, &address);
    require(uv_getnameinfo(&loop, &item->names, on_name, (struct sockaddr*)&address,
                           NI_NUMERICHOST | NI_NUMERICSERV),
            "uv_getnameinfo");
  } else {
    memset(&hints, 0, sizeof(hints));
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    require(uv_getaddrinfo(&loop, &item->addresses, on_addresses, "localhost", NULL, &hints),
            "uv_getaddrinfo");
  }
}

int main(int argc, char** argv) {
  unsigned depth;
  struct item* items;
  options_read(argc, argv);
  depth = option_count("depth", 1);
  asks_for_names = strcmp(option_text("mode", "getaddrinfo"), "getnameinfo") == 0;
  items = allocate_zeroed(depth, sizeof(*items));
  require(uv_loop_init(&loop), "uv_loop_init");
  await_go();
  for (unsigned i = 0; i < depth; ++i) {
    items[i].addresses.data = &items[i];
    items[i].names.data = &items[i];
    ask(&items[i]);
  }
  uv_run(&loop, UV_RUN_DEFAULT);
  finish(operations, nanoseconds_since_go(), "");
  return 0;
}
