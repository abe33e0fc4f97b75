#include "os/dynamic_library.h"

#include "base/allocator.h"
#include "uv.h"

namespace {

void set_error(uv_lib_t* library, char* message) {
  violet::release(library->errmsg);
  library->errmsg = message;
}

}  // namespace

int uv_dlopen(const char* filename, uv_lib_t* library) {
  char* error = nullptr;
  void* handle = violet::open_library(filename, &error);
  library->handle = static_cast<decltype(library->handle)>(handle);
  library->errmsg = error;
  return handle == nullptr ? -1 : 0;
}

void uv_dlclose(uv_lib_t* library) {
  set_error(library, nullptr);
  if (library->handle == nullptr) return;
  violet::close_library(library->handle);
  library->handle = nullptr;
}

int uv_dlsym(uv_lib_t* library, const char* name, void** address) {
  char* error = nullptr;
  // Like errno, the text of an earlier failure outlives a success.
  if (violet::find_symbol(library->handle, name, address, &error)) return 0;
  set_error(library, error);
  return -1;
}

const char* uv_dlerror(const uv_lib_t* library) {
  return library->errmsg != nullptr ? library->errmsg : "no error";
}
