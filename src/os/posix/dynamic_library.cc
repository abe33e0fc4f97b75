#include "os/dynamic_library.h"

#include <dlfcn.h>

#include "base/allocator.h"

namespace violet {
namespace {

char* copy_of(const char* text) {
  return duplicate_string(text != nullptr ? text : "unknown error");
}

}  // namespace

void* open_library(const char* path, char** error) {
  dlerror();
  void* library = dlopen(path, RTLD_LAZY);
  if (library == nullptr) *error = copy_of(dlerror());
  return library;
}

void close_library(void* library) {
  dlclose(library);
}

bool find_symbol(void* library, const char* name, void** address, char** error) {
  // Only a text set by this call tells failure, so an older one goes first.
  dlerror();
  void* found = dlsym(library, name);
  const char* message = dlerror();
  *address = found;
  if (message == nullptr) return true;
  *error = copy_of(message);
  return false;
}

}  // namespace violet
