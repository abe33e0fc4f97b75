/** WTF-8 and UTF-16: the encodings of names on Windows. */
#ifndef UV_WTF8_H_
#define UV_WTF8_H_

#include "uv/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Bytes that UTF-16 text needs as WTF-8, without a final zero. `utf16_len` counts 16-bit units; -1
 * means up to a zero.
 *
 * Thread: any. Source: libuv docs, "String manipulation functions".
 */
UV_EXTERN size_t uv_utf16_length_as_wtf8(const uint16_t* utf16, ssize_t utf16_len);

/**
 * Converts UTF-16 to WTF-8 with a final zero; `utf16_len` as in uv_utf16_length_as_wtf8().
 * `*wtf8_ptr` is the buffer, of `*wtf8_len_ptr` bytes; if it is NULL one is allocated, which the
 * program frees with the library's allocator. `*wtf8_len_ptr` becomes the length in bytes without
 * the zero. `wtf8_len_ptr` may be NULL if `*wtf8_ptr` is. If `wtf8_ptr` is NULL only the length is
 * told.
 *
 * Thread: any. Errors: UV_EINVAL if there is nowhere to put the answer, UV_ENOMEM, UV_ENOBUFS if it
 * does not fit, and then `*wtf8_len_ptr` is the size that is needed, with the zero.
 * Source: libuv docs, "String manipulation functions".
 */
UV_EXTERN int uv_utf16_to_wtf8(const uint16_t* utf16, ssize_t utf16_len, char** wtf8_ptr,
                               size_t* wtf8_len_ptr);

/**
 * 16-bit units that WTF-8 text needs as UTF-16, with the final zero.
 *
 * Thread: any. Errors: a negative value if the text is not WTF-8. Source: libuv docs, "String
 * manipulation functions".
 */
UV_EXTERN ssize_t uv_wtf8_length_as_utf16(const char* wtf8);

/**
 * Converts WTF-8, which must be valid, to UTF-16 with a final zero. `utf16_len` is what
 * uv_wtf8_length_as_utf16() told, in 16-bit units.
 *
 * Thread: any. Source: libuv docs, "String manipulation functions".
 */
UV_EXTERN void uv_wtf8_to_utf16(const char* wtf8, uint16_t* utf16, size_t utf16_len);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_WTF8_H_ */
