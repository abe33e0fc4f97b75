#include "uv.h"

uv_buf_t uv_buf_init(char* base, unsigned int length) {
  uv_buf_t buffer;
  buffer.base = base;
  buffer.len = length;
  return buffer;
}
