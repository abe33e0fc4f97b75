/* Calls of a library that cheats, crashes or hangs, in front of the real ones: to be preloaded.
 * CHEAT names what it does. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

static int cheat_is(const char* name) {
  const char* chosen = getenv("CHEAT");
  return chosen != NULL && strcmp(chosen, name) == 0;
}

/* The library's own function of this name, with the type of this one. */
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int uv_run(uv_loop_t* loop, uv_run_mode mode) {
  if (cheat_is("crash")) raise(SIGSEGV);
  while (cheat_is("hang"))
    pause();
  return REAL(uv_run)(loop, mode);
}

/* -- the pool -- */

static void do_nothing(uv_work_t* request) {
  (void)request;
}

int uv_queue_work(uv_loop_t* loop, uv_work_t* request, uv_work_cb work, uv_after_work_cb after) {
  return REAL(uv_queue_work)(loop, request, cheat_is("work") ? do_nothing : work, after);
}

/* -- files: one callback serves for all requests of a program -- */

static uv_fs_cb fs_callback;

static void tell_whole_block(uv_fs_t* request) {
  request->result = 4096;
  fs_callback(request);
}

static void tell_remembered_status(uv_fs_t* request) {
  static uv_stat_t remembered;
  if (remembered.st_size == 0) remembered = request->statbuf;
  request->statbuf = remembered;
  fs_callback(request);
}

int uv_fs_read(uv_loop_t* loop, uv_fs_t* request, uv_file file, const uv_buf_t* buffers,
               unsigned int count, int64_t offset, uv_fs_cb callback) {
  if (!cheat_is("read")) {
    return REAL(uv_fs_read)(loop, request, file, buffers, count, offset, callback);
  }
  fs_callback = callback;
  return REAL(uv_fs_fstat)(loop, request, file, tell_whole_block);
}

int uv_fs_write(uv_loop_t* loop, uv_fs_t* request, uv_file file, const uv_buf_t* buffers,
                unsigned int count, int64_t offset, uv_fs_cb callback) {
  if (!cheat_is("write")) {
    return REAL(uv_fs_write)(loop, request, file, buffers, count, offset, callback);
  }
  fs_callback = callback;
  return REAL(uv_fs_fstat)(loop, request, file, tell_whole_block);
}

int uv_fs_stat(uv_loop_t* loop, uv_fs_t* request, const char* path, uv_fs_cb callback) {
  if (cheat_is("stat")) {
    fs_callback = callback;
    callback = tell_remembered_status;
  }
  return REAL(uv_fs_stat)(loop, request, path, callback);
}

int uv_fs_open(uv_loop_t* loop, uv_fs_t* request, const char* path, int flags, int mode,
               uv_fs_cb callback) {
  /* The result 0 is a descriptor, too. */
  if (callback != NULL && cheat_is("open")) {
    return REAL(uv_fs_access)(loop, request, path, R_OK, callback);
  }
  return REAL(uv_fs_open)(loop, request, path, flags, mode, callback);
}

int uv_fs_close(uv_loop_t* loop, uv_fs_t* request, uv_file file, uv_fs_cb callback) {
  if (callback != NULL && cheat_is("close")) {
    return REAL(uv_fs_fstat)(loop, request, file, callback);
  }
  return REAL(uv_fs_close)(loop, request, file, callback);
}

/* -- timers, turns, asyncs -- */

int uv_timer_start(uv_timer_t* timer, uv_timer_cb callback, uint64_t delay, uint64_t repeat) {
  static unsigned started;
  if (cheat_is("early timers")) delay /= 2;
  if (cheat_is("lost timers") && ++started % 100 == 0) return 0;
  return REAL(uv_timer_start)(timer, callback, delay, repeat);
}

int uv_timer_stop(uv_timer_t* timer) {
  return cheat_is("going timers") ? 0 : REAL(uv_timer_stop)(timer);
}

static uv_idle_cb idle_callback;

static void call_twice(uv_idle_t* idle) {
  idle_callback(idle);
  if (uv_is_active((uv_handle_t*)idle)) idle_callback(idle);
}

int uv_idle_start(uv_idle_t* idle, uv_idle_cb callback) {
  idle_callback = callback;
  return REAL(uv_idle_start)(idle, cheat_is("turns") ? call_twice : callback);
}

int uv_async_send(uv_async_t* async) {
  return cheat_is("sends") ? 0 : REAL(uv_async_send)(async);
}

static uv_async_cb async_callback;

static void call_async_twice(uv_async_t* async) {
  async_callback(async);
  if (!uv_is_closing((uv_handle_t*)async)) async_callback(async);
}

int uv_async_init(uv_loop_t* loop, uv_async_t* async, uv_async_cb callback) {
  async_callback = callback;
  return REAL(uv_async_init)(loop, async, cheat_is("more sends") ? call_async_twice : callback);
}

/* -- children -- */

static uv_exit_cb exit_callback;

static void tell_first_status(uv_process_t* process, int64_t status, int signal) {
  (void)status;
  exit_callback(process, 'A', signal);
}

int uv_spawn(uv_loop_t* loop, uv_process_t* process, const uv_process_options_t* options) {
  uv_process_options_t others = *options;
  static char child[] = "/bin/true";
  if (cheat_is("spawn")) {
    exit_callback = options->exit_cb;
    others.file = child;
    others.exit_cb = tell_first_status;
  }
  return REAL(uv_spawn)(loop, process, &others);
}

/* -- names -- */

static uv_getaddrinfo_cb addresses_callback;
static uv_getnameinfo_cb name_callback;

static void tell_no_address(uv_getaddrinfo_t* request, int status, struct addrinfo* result) {
  uv_freeaddrinfo(result);
  addresses_callback(request, status, NULL);
}

int uv_getaddrinfo(uv_loop_t* loop, uv_getaddrinfo_t* request, uv_getaddrinfo_cb callback,
                   const char* node, const char* service, const struct addrinfo* hints) {
  addresses_callback = callback;
  return REAL(uv_getaddrinfo)(loop, request, cheat_is("addresses") ? tell_no_address : callback,
                              node, service, hints);
}

static void tell_no_name(uv_getnameinfo_t* request, int status, const char* name,
                         const char* service) {
  (void)name;
  name_callback(request, status, "", service);
}

int uv_getnameinfo(uv_loop_t* loop, uv_getnameinfo_t* request, uv_getnameinfo_cb callback,
                   const struct sockaddr* address, int flags) {
  name_callback = callback;
  return REAL(uv_getnameinfo)(loop, request, cheat_is("names") ? tell_no_name : callback, address,
                              flags);
}

/* -- streams and datagrams -- */

int uv_write(uv_write_t* request, uv_stream_t* stream, const uv_buf_t* buffers, unsigned int count,
             uv_write_cb callback) {
  static char others[64 * 1024];
  uv_buf_t changed = buffers[0];
  if (cheat_is("other bytes")) {
    memcpy(others, changed.base, changed.len);
    others[changed.len - 1] ^= 1;
    changed.base = others;
  }
  if (cheat_is("fewer bytes") && changed.len > 1) --changed.len;
  return REAL(uv_write)(request, stream, count == 1 ? &changed : buffers, count, callback);
}

int uv_try_write(uv_stream_t* stream, const uv_buf_t* buffers, unsigned int count) {
  char others[4096];
  uv_buf_t changed = buffers[0];
  if (!cheat_is("other bytes") || count != 1 || changed.len > sizeof(others)) {
    return REAL(uv_try_write)(stream, buffers, count);
  }
  memcpy(others, changed.base, changed.len);
  others[changed.len - 1] ^= 1;
  changed.base = others;
  return REAL(uv_try_write)(stream, &changed, 1);
}

int uv_udp_send(uv_udp_send_t* request, uv_udp_t* udp, const uv_buf_t* buffers, unsigned int count,
                const struct sockaddr* address, uv_udp_send_cb callback) {
  if (cheat_is("other bytes")) buffers[0].base[buffers[0].len - 1] ^= 1;
  if (cheat_is("fewer bytes")) {
    uv_buf_t fewer = uv_buf_init(buffers[0].base, (unsigned int)buffers[0].len - 1);
    return REAL(uv_udp_send)(request, udp, &fewer, 1, address, callback);
  }
  return REAL(uv_udp_send)(request, udp, buffers, count, address, callback);
}
