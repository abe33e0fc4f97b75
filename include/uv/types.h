/** The names of all public types, and the buffer. Every other part includes this. */
#ifndef UV_TYPES_H_
#define UV_TYPES_H_

#include "uv/export.h"
#include "uv/platform.h"

/* Handles. */
typedef struct uv_loop_s uv_loop_t;
typedef struct uv_handle_s uv_handle_t;
typedef struct uv_dir_s uv_dir_t;
typedef struct uv_stream_s uv_stream_t;
typedef struct uv_tcp_s uv_tcp_t;
typedef struct uv_udp_s uv_udp_t;
typedef struct uv_pipe_s uv_pipe_t;
typedef struct uv_tty_s uv_tty_t;
typedef struct uv_poll_s uv_poll_t;
typedef struct uv_timer_s uv_timer_t;
typedef struct uv_prepare_s uv_prepare_t;
typedef struct uv_check_s uv_check_t;
typedef struct uv_idle_s uv_idle_t;
typedef struct uv_async_s uv_async_t;
typedef struct uv_process_s uv_process_t;
typedef struct uv_fs_event_s uv_fs_event_t;
typedef struct uv_fs_poll_s uv_fs_poll_t;
typedef struct uv_signal_s uv_signal_t;

/* Requests. */
typedef struct uv_req_s uv_req_t;
typedef struct uv_getaddrinfo_s uv_getaddrinfo_t;
typedef struct uv_getnameinfo_s uv_getnameinfo_t;
typedef struct uv_shutdown_s uv_shutdown_t;
typedef struct uv_write_s uv_write_t;
typedef struct uv_connect_s uv_connect_t;
typedef struct uv_udp_send_s uv_udp_send_t;
typedef struct uv_fs_s uv_fs_t;
typedef struct uv_work_s uv_work_t;
typedef struct uv_random_s uv_random_t;

/* Plain data. */
typedef struct uv_buf_t uv_buf_t;
typedef struct uv_env_item_s uv_env_item_t;
typedef struct uv_cpu_info_s uv_cpu_info_t;
typedef struct uv_interface_address_s uv_interface_address_t;
typedef struct uv_dirent_s uv_dirent_t;
typedef struct uv_passwd_s uv_passwd_t;
typedef struct uv_group_s uv_group_t;
typedef struct uv_utsname_s uv_utsname_t;
typedef struct uv_statfs_s uv_statfs_t;
typedef struct uv_metrics_s uv_metrics_t;
typedef struct uv_lib_s uv_lib_t;
typedef struct uv_process_options_s uv_process_options_t;
typedef struct uv_stdio_container_s uv_stdio_container_t;
typedef struct uv_thread_options_s uv_thread_options_t;

/**
 * A piece of memory. The order of the fields is that of the system's own type (struct iovec on
 * Unix, WSABUF on Windows).
 */
struct uv_buf_t {
#if defined(_WIN32)
  ULONG len;
  char* base;
#else
  char* base;
  size_t len;
#endif
};

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Asks for memory to read into; answers in `buf`. A length of 0 or a NULL base means none: the
 * read callback then gets UV_ENOBUFS. `suggested_size` is in bytes and only a hint. Memory given by
 * a callback that also stops reading or closes the handle comes back through the read callback that
 * was in place, with 0 bytes.
 */
typedef void (*uv_alloc_cb)(uv_handle_t* handle, size_t suggested_size, uv_buf_t* buf);

/**
 * Makes a buffer of `len` bytes at `base`. Copies nothing.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN uv_buf_t uv_buf_init(char* base, unsigned int len);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_TYPES_H_ */
