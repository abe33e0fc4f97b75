/* What a program sees of a handle or request without asking, one line for each moment. */
#ifndef SHOW_H_
#define SHOW_H_

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

extern uv_loop_t loop;
/* Off where two handles have news at once, whose order nobody promises. */
extern int shows_counts;

#define CHECK(condition)                                              \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                        \
    }                                                                 \
  } while (0)

/* Numbers of descriptors differ from run to run; how they relate does not. */
static inline const char* descriptor_text(const uv_handle_t* handle, int fd) {
  int asked = -1;
  if (uv_fileno(handle, &asked) != 0) return fd == -1 ? "none" : "left";
  return fd == asked ? "as uv_fileno" : "other";
}

static inline const uv__io_t* watcher_of(const uv_handle_t* handle) {
  switch (handle->type) {
    case UV_TCP:
    case UV_NAMED_PIPE:
    case UV_TTY:
      return &((const uv_stream_t*)handle)->io_watcher;
    case UV_UDP:
      return &((const uv_udp_t*)handle)->io_watcher;
    case UV_POLL:
      return &((const uv_poll_t*)handle)->io_watcher;
    default:
      return NULL;
  }
}

/* Whether a walk along the queue that programs know finds the handle. */
static inline int is_in_queue(const uv_handle_t* handle) {
  void** head = (void**)loop.handle_queue;
  for (void** node = head[0]; node != head; node = node[0]) {
    CHECK(((void**)node[0])[1] == node);
    if (node == (void**)handle->handle_queue) return 1;
  }
  return 0;
}

static inline void show(const char* moment, const void* object) {
  const uv_handle_t* handle = object;
  const uv__io_t* watcher = watcher_of(handle);
  printf("%s: flags %08x, close_cb %d, queued %d", moment, handle->flags, handle->close_cb != NULL,
         is_in_queue(handle));
  if (watcher != NULL) printf(", fd %s", descriptor_text(handle, watcher->fd));
  if (handle->type == UV_POLL) printf(", pevents %x", watcher->pevents);
  if (shows_counts)
    printf(" | active_handles %u, active_reqs %u", loop.active_handles, loop.active_reqs.count);
  printf(", closing %d, time %d\n", loop.closing_handles != NULL, loop.time == uv_now(&loop));
}

static inline const char* buffers_text(const uv_buf_t* buffers, const uv_buf_t* few) {
  return buffers == NULL ? "null" : buffers == few ? "inline" : "heap";
}

static inline void show_write(const char* moment, const uv_write_t* request) {
  printf("%s: write_index %u, bufs %s, nbufs %u, error %d, handle %d, send_handle %d\n", moment,
         request->write_index, buffers_text(request->bufs, request->bufsml), request->nbufs,
         request->error, request->handle != NULL, request->send_handle != NULL);
}

static inline void show_send(const char* moment, const uv_udp_send_t* request) {
  printf("%s: bufs %s, nbufs %u, family %d, handle %d\n", moment,
         buffers_text(request->bufs, request->bufsml), request->nbufs, request->addr.ss_family,
         request->handle != NULL);
}

static inline void show_name(const char* moment, const uv_pipe_t* pipe, const char* name) {
  const char* held = pipe->pipe_fname;
  printf("%s: pipe_fname %s\n", moment,
         held == NULL              ? "null"
         : strcmp(held, name) == 0 ? "the name"
                                   : "another");
}

static inline void closed(uv_handle_t* handle) {
  show("close callback", handle);
}

static inline void finish(void) {
  CHECK(uv_run(&loop, UV_RUN_DEFAULT) == 0);
}

static inline void close_now(void* handle) {
  uv_close(handle, closed);
  show("close called", handle);
  finish();
  show("after close", handle);
}

static inline void allocate(uv_handle_t* handle, size_t size, uv_buf_t* buffer) {
  static char room[65536];
  (void)handle;
  (void)size;
  *buffer = uv_buf_init(room, sizeof(room));
}

void stream_lives(void);
void datagram_lives(void);
void other_lives(void);

#endif /* SHOW_H_ */
