#include "os/descriptor.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"

namespace violet {

void close_descriptor(Descriptor descriptor) {
  if (descriptor == kNoDescriptor) return;
  // Not repeated after EINTR: on Linux the descriptor is gone, and may be somebody else's already.
  int saved_errno = errno;
  close(descriptor);
  errno = saved_errno;
}

Descriptor duplicate_descriptor(Descriptor descriptor) {
  int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  return copy >= 0 ? copy : last_error();
}

}  // namespace violet
