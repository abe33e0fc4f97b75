#include "os/system_error.h"

#include "base/error.h"

namespace violet {

int translate_system_error(int error) {
  return error <= 0 ? error : error_from_errno(error);
}

int system_error_of(int error) {
  return -error;
}

}  // namespace violet
