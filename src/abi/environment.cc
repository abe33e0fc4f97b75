#include "os/environment.h"

#include "base/allocator.h"
#include "os/output_text.h"
#include "uv.h"

int uv_os_getenv(const char* name, char* buffer, size_t* size) {
  if (name == nullptr || !violet::is_output(buffer, size)) return UV_EINVAL;
  return violet::get_environment(name, buffer, size);
}

int uv_os_setenv(const char* name, const char* value) {
  return name == nullptr || value == nullptr ? UV_EINVAL : violet::set_environment(name, value);
}

int uv_os_unsetenv(const char* name) {
  return name == nullptr ? UV_EINVAL : violet::unset_environment(name);
}

int uv_os_environ(uv_env_item_t** items, int* count) {
  if (items == nullptr || count == nullptr) return UV_EINVAL;
  *items = nullptr;
  *count = 0;
  return violet::list_environment(items, count);
}

void uv_os_free_environ(uv_env_item_t* items, int) {
  violet::release(items);
}
