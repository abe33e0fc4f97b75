/*
 * A server by libwebsockets on its libuv event loop: files of FOLDER over HTTP, and at the protocol
 * "echo" every websocket message comes back. SIGTERM ends it.
 *
 * usage: websocket_server PORT FOLDER
 */
#include <libwebsockets.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

typedef struct {
  unsigned char* message; /* With room before it for the frame's head. */
  size_t size;
  int binary;
} Session;

static int keep(struct lws* peer, Session* session, const void* part, size_t size) {
  unsigned char* grown = realloc(session->message, LWS_PRE + session->size + size);
  if (grown == NULL) return -1;
  memcpy(grown + LWS_PRE + session->size, part, size);
  session->message = grown;
  session->size += size;
  session->binary = lws_frame_is_binary(peer);
  if (!lws_is_final_fragment(peer) || lws_remaining_packet_payload(peer) > 0) return 0;
  lws_rx_flow_control(peer, 0);
  return lws_callback_on_writable(peer) < 0 ? -1 : 0;
}

static int send_back(struct lws* peer, Session* session) {
  if (session->message == NULL) return 0;
  const int sent = lws_write(peer, session->message + LWS_PRE, session->size,
                             session->binary ? LWS_WRITE_BINARY : LWS_WRITE_TEXT);
  free(session->message);
  session->message = NULL;
  session->size = 0;
  lws_rx_flow_control(peer, 1);
  return sent < 0 ? -1 : 0;
}

static int on_echo(struct lws* peer, enum lws_callback_reasons reason, void* user, void* in,
                   size_t size) {
  switch (reason) {
    case LWS_CALLBACK_RECEIVE:
      return keep(peer, user, in, size);
    case LWS_CALLBACK_SERVER_WRITEABLE:
      return send_back(peer, user);
    case LWS_CALLBACK_CLOSED:
      free(((Session*)user)->message);
      return 0;
    default:
      return 0;
  }
}

static void on_term(uv_signal_t* handle, int number) {
  (void)number;
  lws_context_destroy(handle->data);
  uv_close((uv_handle_t*)handle, NULL);
}

int main(int argc, char** argv) {
  uv_loop_t loop;
  uv_signal_t term;
  void* loops[] = {&loop};
  if (argc != 3 || uv_loop_init(&loop) != 0) return 2;
  const struct lws_protocols protocols[] = {{"http", lws_callback_http_dummy, 0, 0, 0, NULL, 0},
                                            {"echo", on_echo, sizeof(Session), 4096, 0, NULL, 0},
                                            {NULL, NULL, 0, 0, 0, NULL, 0}};
  const struct lws_http_mount files = {
      .mountpoint = "/", .mountpoint_len = 1, .origin = argv[2], .origin_protocol = LWSMPRO_FILE};
  struct lws_context_creation_info info;
  memset(&info, 0, sizeof info);
  info.port = atoi(argv[1]);
  info.iface = "127.0.0.1";
  info.protocols = protocols;
  info.mounts = &files;
  info.foreign_loops = loops;
  info.options = LWS_SERVER_OPTION_LIBUV;
  lws_set_log_level(LLL_ERR | LLL_WARN, NULL);
  struct lws_context* context = lws_create_context(&info);
  if (context == NULL) return 3;
  term.data = context;
  if (uv_signal_init(&loop, &term) != 0 || uv_signal_start(&term, on_term, SIGTERM) != 0) return 4;
  puts("ready");
  fflush(stdout);
  uv_run(&loop, UV_RUN_DEFAULT);
  return uv_loop_close(&loop) == 0 ? 0 : 5;
}
