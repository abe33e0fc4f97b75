/** Names to addresses and back. */
#ifndef UV_DNS_H_
#define UV_DNS_H_

#if !defined(_WIN32)
#include <netdb.h>
#endif

#include "uv/request.h"

/* Strict C99 hides the definition; the pointer is all that is needed here. */
struct addrinfo;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Runs with the addresses, to be freed with uv_freeaddrinfo(). `status` < 0 is an error (UV_EAI_*;
 * UV_EAI_CANCELED after uv_cancel()), and `res` is NULL.
 */
typedef void (*uv_getaddrinfo_cb)(uv_getaddrinfo_t* req, int status, struct addrinfo* res);

/** Runs with the names. `status` < 0 is an error, and both are NULL. */
typedef void (*uv_getnameinfo_cb)(uv_getnameinfo_t* req, int status, const char* hostname,
                                  const char* service);

struct uv_getaddrinfo_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_req_type type;
  unsigned int reserved_state;
  void* reserved_req[UV_RESERVED_REQ];
  uv_loop_t* loop;
  void* reserved[UV_RESERVED_GETADDRINFO];
  struct addrinfo* addrinfo; /**< The answer; free it with uv_freeaddrinfo(). */
  void* reserved_end[1];
};

struct uv_getnameinfo_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_req_type type;
  unsigned int reserved_state;
  void* reserved_req[UV_RESERVED_REQ];
  uv_loop_t* loop;
  void* reserved[6];
  struct sockaddr_storage reserved_address;
  unsigned int reserved_bits;
  char host[1025];  /**< The name. */
  char service[32]; /**< The service. */
  int reserved_end;
};

/**
 * Finds addresses as getaddrinfo(3) does. `node` or `service` may be NULL, not both. `hints` may
 * be NULL; node, service and hints are copied. With a NULL callback it works at once, blocking,
 * and the result is in req->addrinfo; `loop` may then be NULL.
 *
 * Thread: the loop's. Errors: UV_EINVAL if both are NULL or there is a callback and no loop, or for
 * a node that is empty, malformed or
 * longer than 255 bytes; UV_EAI_* if it works at once; UV_ENOMEM. Source: libuv docs, "DNS utility
 * functions"; the oracle.
 */
UV_EXTERN int uv_getaddrinfo(uv_loop_t* loop, uv_getaddrinfo_t* req,
                             uv_getaddrinfo_cb getaddrinfo_cb, const char* node,
                             const char* service, const struct addrinfo* hints);

/**
 * Frees what uv_getaddrinfo() found. NULL does nothing.
 *
 * Thread: any. Source: libuv docs, "DNS utility functions".
 */
UV_EXTERN void uv_freeaddrinfo(struct addrinfo* ai);

/**
 * Finds the names of an address (IPv4 or IPv6) as getnameinfo(3) does. With a NULL callback it
 * works at once, blocking, and the result is in req->host and req->service; `loop` may then be
 * NULL.
 *
 * Thread: the loop's. Errors: UV_EINVAL for another family or a callback without a loop, UV_EAI_*
 * if it works at once. Source: libuv docs, "DNS utility functions".
 */
UV_EXTERN int uv_getnameinfo(uv_loop_t* loop, uv_getnameinfo_t* req,
                             uv_getnameinfo_cb getnameinfo_cb, const struct sockaddr* addr,
                             int flags);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_DNS_H_ */
