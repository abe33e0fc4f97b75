/** Work on the thread pool. */
#ifndef UV_THREADPOOL_H_
#define UV_THREADPOOL_H_

#include "uv/request.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*uv_work_cb)(uv_work_t* req);
typedef void (*uv_after_work_cb)(uv_work_t* req, int status);
typedef void (*uv_random_cb)(uv_random_t* req, int status, void* buf, size_t buflen);

struct uv_work_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_req_type type;
  unsigned int reserved_state;
  void* reserved_req[UV_RESERVED_REQ];
  uv_loop_t* loop;
  uv_work_cb work_cb;
  uv_after_work_cb after_work_cb;
  void* reserved[5];
};

struct uv_random_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_req_type type;
  unsigned int reserved_state;
  void* reserved_req[UV_RESERVED_REQ];
  uv_loop_t* loop;
  void* reserved[9];
};

UV_EXTERN int uv_queue_work(uv_loop_t* loop, uv_work_t* req, uv_work_cb work_cb,
                            uv_after_work_cb after_work_cb);
UV_EXTERN int uv_random(uv_loop_t* loop, uv_random_t* req, void* buf, size_t buflen,
                        unsigned int flags, uv_random_cb cb);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_THREADPOOL_H_ */
