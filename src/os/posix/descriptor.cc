#include "os/descriptor.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "os/posix/opened.h"

namespace violet {

void close_descriptor(Descriptor descriptor) {
  if (!descriptor.is_open()) return;
  // Not repeated after EINTR: on Linux the descriptor is gone, and may be somebody else's already.
  int saved_errno = errno;
  close(descriptor.native());
  errno = saved_errno;
}

int duplicate_descriptor(Descriptor descriptor, OwnedDescriptor& copy) {
  return take_opened(fcntl(descriptor.native(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1), copy);
}

// The first three numbers are looked for by others: they are the standard files, if anything.
int reserve_descriptor(OwnedDescriptor& reserve) {
  OwnedDescriptor opened;
  if (int error = take_opened(open("/dev/null", O_RDONLY | O_CLOEXEC), opened); error != 0) {
    return error;
  }
  if (opened.get().native() <= STDERR_FILENO) return duplicate_descriptor(opened.get(), reserve);
  reserve = std::move(opened);
  return 0;
}

// All of them are one and the same on Unix.

Descriptor descriptor_of_file(uv_file file) {
  return Descriptor::if_open(file);
}

Descriptor descriptor_of_socket(uv_os_sock_t socket) {
  return Descriptor::if_open(socket);
}

int take_over_file(uv_file) {
  return 0;
}
void give_back_file(uv_file) {}

uv_os_sock_t system_socket(Descriptor descriptor) {
  return descriptor.native();
}

uv_os_fd_t system_handle(Descriptor descriptor) {
  return descriptor.native();
}

}  // namespace violet
