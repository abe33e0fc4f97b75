/** Watching files for change: as the system reports it (fs_event), or by looking again and again (fs_poll). */
#ifndef UV_FS_EVENT_H_
#define UV_FS_EVENT_H_

#include "uv/fs_types.h"
#include "uv/handle.h"

/** What happened to a watched path. */
enum uv_fs_event {
  UV_RENAME = 1, /**< It was created, removed or renamed. */
  UV_CHANGE = 2  /**< Its contents or attributes changed. */
};

/** Flags of uv_fs_event_start(). */
enum uv_fs_event_flags {
  UV_FS_EVENT_WATCH_ENTRY = 1, /**< Watch the directory entry itself, not what is in it; not implemented. */
  UV_FS_EVENT_STAT = 2,        /**< Poll with stat(); not implemented. */
  UV_FS_EVENT_RECURSIVE = 4    /**< Subdirectories too; macOS and Windows only. */
};

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*uv_fs_event_cb)(uv_fs_event_t* handle, const char* filename, int events, int status);
typedef void (*uv_fs_poll_cb)(uv_fs_poll_t* handle, int status, const uv_stat_t* prev,
                              const uv_stat_t* curr);

struct uv_fs_event_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  void* reserved_handle[9];
  void* reserved[UV_RESERVED_FS_EVENT];
};

struct uv_fs_poll_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  void* reserved_handle[9];
  void* reserved[1];
};

UV_EXTERN int uv_fs_event_init(uv_loop_t* loop, uv_fs_event_t* handle);
UV_EXTERN int uv_fs_event_start(uv_fs_event_t* handle, uv_fs_event_cb cb, const char* path,
                                unsigned int flags);
UV_EXTERN int uv_fs_event_stop(uv_fs_event_t* handle);
UV_EXTERN int uv_fs_event_getpath(uv_fs_event_t* handle, char* buffer, size_t* size);

UV_EXTERN int uv_fs_poll_init(uv_loop_t* loop, uv_fs_poll_t* handle);
UV_EXTERN int uv_fs_poll_start(uv_fs_poll_t* handle, uv_fs_poll_cb poll_cb, const char* path,
                               unsigned int interval);
UV_EXTERN int uv_fs_poll_stop(uv_fs_poll_t* handle);
UV_EXTERN int uv_fs_poll_getpath(uv_fs_poll_t* handle, char* buffer, size_t* size);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_FS_EVENT_H_ */
