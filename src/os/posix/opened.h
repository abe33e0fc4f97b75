// The results of system calls that open something.
#pragma once

#include "base/error.h"
#include "os/descriptor.h"

namespace violet {

// Of the call that was made just now: 0, or its error.
inline int take_opened(int result, OwnedDescriptor& opened) {
  if (result < 0) return last_error();
  opened = OwnedDescriptor(Descriptor::of(result));
  return 0;
}

}  // namespace violet
