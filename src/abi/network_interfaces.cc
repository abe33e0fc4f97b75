#include "os/network_interfaces.h"

#include "base/allocator.h"
#include "os/output_text.h"
#include "uv.h"

int uv_interface_addresses(uv_interface_address_t** addresses, int* count) {
  if (addresses == nullptr || count == nullptr) return UV_EINVAL;
  return violet::interface_addresses(addresses, count);
}

void uv_free_interface_addresses(uv_interface_address_t* addresses, int) {
  violet::release(addresses);
}

namespace {

int write_name(int (*get_name)(unsigned, char*), unsigned index, char* buffer, size_t* size) {
  if (!violet::is_output(buffer, size)) return UV_EINVAL;
  char name[UV_IF_NAMESIZE];
  int error = get_name(index, name);
  return error < 0 ? error : violet::write_text(name, buffer, size);
}

}  // namespace

int uv_if_indextoname(unsigned int index, char* buffer, size_t* size) {
  return write_name(violet::interface_name, index, buffer, size);
}

int uv_if_indextoiid(unsigned int index, char* buffer, size_t* size) {
  return write_name(violet::interface_identifier, index, buffer, size);
}
