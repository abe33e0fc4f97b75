#include "os/descriptor.h"

#include <io.h>

namespace violet {

Descriptor descriptor_of_file(uv_file file) {
  return Descriptor::if_open(static_cast<Descriptor::Native>(_get_osfhandle(file)));
}

Descriptor descriptor_of_socket(uv_os_sock_t socket) {
  return Descriptor::if_open(socket);
}

uv_os_sock_t system_socket(Descriptor descriptor) {
  return descriptor.native();
}

uv_os_fd_t system_handle(Descriptor descriptor) {
  return reinterpret_cast<uv_os_fd_t>(descriptor.native());
}

}  // namespace violet
