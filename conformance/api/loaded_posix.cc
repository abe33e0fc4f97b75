#include <dlfcn.h>

#include "support.h"

namespace conformance {

bool library_has(const char* function) {
  return dlsym(RTLD_DEFAULT, function) != nullptr;
}

}  // namespace conformance
