/** Network addresses and interfaces. */
#ifndef UV_NET_H_
#define UV_NET_H_

#include "uv/types.h"

/** The size that holds any interface name with its final zero. */
#define UV_IF_NAMESIZE 17

#ifdef __cplusplus
extern "C" {
#endif

/** One address of one network interface. */
struct uv_interface_address_s {
  char* name;
  char phys_addr[6];
  int is_internal; /**< Not 0 for loopback. */
  union {
    struct sockaddr_in address4;
    struct sockaddr_in6 address6;
  } address;
  union {
    struct sockaddr_in netmask4;
    struct sockaddr_in6 netmask6;
  } netmask;
};

/**
 * Makes an IPv4 address of text and port.
 *
 * Thread: any. Errors: UV_EINVAL if the text is no address. Source: libuv docs, "Miscellaneous
 * utilities".
 */
UV_EXTERN int uv_ip4_addr(const char* ip, int port, struct sockaddr_in* addr);

/**
 * Makes an IPv6 address of text and port; "%name" or "%number" at the end is the scope.
 *
 * Thread: any. Errors: UV_EINVAL if the text is no address. Source: libuv docs, "Miscellaneous
 * utilities".
 */
UV_EXTERN int uv_ip6_addr(const char* ip, int port, struct sockaddr_in6* addr);

/**
 * The text of an IPv4 address, without port.
 *
 * Thread: any. Errors: UV_ENOSPC if `size` bytes do not hold it. Source: libuv docs,
 * "Miscellaneous utilities".
 */
UV_EXTERN int uv_ip4_name(const struct sockaddr_in* src, char* dst, size_t size);

/**
 * The text of an IPv6 address, without port and scope.
 *
 * Thread: any. Errors: UV_ENOSPC if `size` bytes do not hold it. Source: libuv docs,
 * "Miscellaneous utilities".
 */
UV_EXTERN int uv_ip6_name(const struct sockaddr_in6* src, char* dst, size_t size);

/**
 * The text of an IPv4 or IPv6 address.
 *
 * Thread: any. Errors: UV_EAFNOSUPPORT for another family, UV_ENOSPC if `size` bytes do not hold
 * it. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_ip_name(const struct sockaddr* src, char* dst, size_t size);

/**
 * As inet_ntop(3), on every platform. `size` is that of `dst` in bytes.
 *
 * Thread: any. Errors: UV_EAFNOSUPPORT for another family, UV_ENOSPC if it does not fit. Source:
 * libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_inet_ntop(int af, const void* src, char* dst, size_t size);

/**
 * As inet_pton(3), on every platform.
 *
 * Thread: any. Errors: UV_EAFNOSUPPORT for another family, UV_EINVAL if the text is no address.
 * Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_inet_pton(int af, const char* src, void* dst);

/**
 * The addresses of the network interfaces that are up; free them with
 * uv_free_interface_addresses().
 *
 * Thread: any. Errors: UV_ENOMEM, UV_ENOSYS; getifaddrs(3). Source: libuv docs, "Miscellaneous
 * utilities".
 */
UV_EXTERN int uv_interface_addresses(uv_interface_address_t** addresses, int* count);

/**
 * Frees what uv_interface_addresses() gave.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN void uv_free_interface_addresses(uv_interface_address_t* addresses, int count);

/**
 * The name of the interface with this index. UV_IF_NAMESIZE bytes hold any. *size is the size of
 * `buffer` in bytes on entry and the length afterwards, without the final zero.
 *
 * Thread: any. Errors: UV_EINVAL, UV_ENXIO if there is none, UV_ENOBUFS with the needed *size.
 * Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_if_indextoname(unsigned int ifindex, char* buffer, size_t* size);

/**
 * What follows the % in an IPv6 address with a scope: the interface's name on Unix, its number on
 * Windows. Sizes in bytes, as in uv_if_indextoname().
 *
 * Thread: any. Errors: as uv_if_indextoname(). Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_if_indextoiid(unsigned int ifindex, char* buffer, size_t* size);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_NET_H_ */
