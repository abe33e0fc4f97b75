#include "workload.h"

#include <stdio.h>
#include <stdlib.h>

uint64_t now_nanoseconds(void) {
  return uv_hrtime();
}

void require(int64_t status, const char* what) {
  char text[256];
  if (status >= 0) return;
  snprintf(text, sizeof(text), "%s: %s", what, uv_strerror((int)status));
  fail(text);
}

void* allocate_zeroed(size_t count, size_t size) {
  void* memory = calloc(count, size);
  if (memory == NULL) fail("out of memory");
  return memory;
}
