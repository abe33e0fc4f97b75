// The results of system calls that open something.
#pragma once

#include <fcntl.h>

#include <utility>

#include "base/error.h"
#include "os/descriptor.h"

namespace violet {

// Of the call that was made just now: 0, or its error.
inline int take_opened(int result, OwnedDescriptor& opened) {
  if (result < 0) return last_error();
  opened = OwnedDescriptor(Descriptor::of(result));
  return 0;
}

// Neither inherited by programs started later nor blocking: for what was opened without flags.
inline int set_flags_of_new(Descriptor descriptor) {
  const int number = descriptor.native();
  if (fcntl(number, F_SETFD, FD_CLOEXEC) < 0) return last_error();
  const int flags = fcntl(number, F_GETFL);
  return flags >= 0 && fcntl(number, F_SETFL, flags | O_NONBLOCK) == 0 ? 0 : last_error();
}

// The same as take_opened() for a call that knows no flags.
inline int take_opened_in_steps(int result, OwnedDescriptor& opened) {
  OwnedDescriptor taken;
  if (int error = take_opened(result, taken); error != 0) return error;
  if (int error = set_flags_of_new(taken.get()); error != 0) return error;
  opened = std::move(taken);
  return 0;
}

}  // namespace violet
