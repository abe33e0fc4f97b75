#include "os/descriptor.h"

#include <unistd.h>

#include <cerrno>

namespace violet {

void close_descriptor(Descriptor descriptor) {
  if (descriptor == kNoDescriptor) return;
  // Not repeated after EINTR: on Linux the descriptor is gone, and may be somebody else's already.
  int saved_errno = errno;
  close(descriptor);
  errno = saved_errno;
}

}  // namespace violet
