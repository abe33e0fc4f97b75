/* Sends back every datagram, until it is ended. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workload.h"

enum { kBlockSize = 64 * 1024 };

/* Memory for one datagram on its way in and out. */
struct block {
  uv_udp_send_t request;
  struct block* next;
  char bytes[kBlockSize];
};

static struct block* free_blocks;

static void on_allocate(uv_handle_t* handle, size_t suggested, uv_buf_t* buffer) {
  struct block* block = free_blocks;
  (void)handle, (void)suggested;
  if (block == NULL) {
    block = malloc(sizeof(*block));
    if (block == NULL) fail("out of memory");
  } else {
    free_blocks = block->next;
  }
  *buffer = uv_buf_init(block->bytes, kBlockSize);
}

static void give_back(struct block* block) {
  block->next = free_blocks;
  free_blocks = block;
}

static void on_sent(uv_udp_send_t* request, int status) {
  (void)status;
  give_back((struct block*)((char*)request - offsetof(struct block, request)));
}

static void on_received(uv_udp_t* udp, ssize_t count, const uv_buf_t* buffer,
                        const struct sockaddr* sender, unsigned flags) {
  struct block* block;
  uv_buf_t echo;
  (void)flags;
  if (buffer->base == NULL) return;
  block = (struct block*)(buffer->base - offsetof(struct block, bytes));
  if (sender == NULL || count < 0) {
    give_back(block);
    return;
  }
  echo = uv_buf_init(block->bytes, (unsigned)count);
  if (uv_udp_send(&block->request, udp, &echo, 1, sender, on_sent) != 0) give_back(block);
}

int main(int argc, char** argv) {
  static uv_loop_t loop;
  static uv_udp_t udp;
  struct sockaddr_in address;
  const unsigned char* port = (const unsigned char*)&address.sin_port;
  int size = sizeof(address);
  char text[16];
  options_read(argc, argv);
  require(uv_loop_init(&loop), "uv_loop_init");
  require(uv_udp_init(&loop, &udp), "uv_udp_init");
  uv_ip4_addr("127.0.0.1", 0, &address);
  require(uv_udp_bind(&udp, (struct sockaddr*)&address, 0), "uv_udp_bind");
  require(uv_udp_recv_start(&udp, on_allocate, on_received), "uv_udp_recv_start");
  require(uv_udp_getsockname(&udp, (struct sockaddr*)&address, &size), "uv_udp_getsockname");
  snprintf(text, sizeof(text), "%u", (unsigned)port[0] << 8 | port[1]);
  say_ready(text);
  return uv_run(&loop, UV_RUN_DEFAULT);
}
