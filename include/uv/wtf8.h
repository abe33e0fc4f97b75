/** WTF-8 and UTF-16: the encodings of names on Windows. */
#ifndef UV_WTF8_H_
#define UV_WTF8_H_

#include "uv/types.h"

#ifdef __cplusplus
extern "C" {
#endif

UV_EXTERN size_t uv_utf16_length_as_wtf8(const uint16_t* utf16, ssize_t utf16_len);
UV_EXTERN int uv_utf16_to_wtf8(const uint16_t* utf16, ssize_t utf16_len, char** wtf8_ptr,
                               size_t* wtf8_len_ptr);
UV_EXTERN ssize_t uv_wtf8_length_as_utf16(const char* wtf8);
UV_EXTERN void uv_wtf8_to_utf16(const char* wtf8, uint16_t* utf16, size_t utf16_len);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_WTF8_H_ */
