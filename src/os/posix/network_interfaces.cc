#include "os/network_interfaces.h"

#include <sys/types.h>

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>

#include "base/allocator.h"
#include "base/error.h"
#include "os/posix/interface_ways.h"

namespace violet {
namespace {

static_assert(UV_IF_NAMESIZE > IF_NAMESIZE);

class InterfaceList {
 public:
  ~InterfaceList() {
    if (first_ != nullptr) freeifaddrs(first_);
  }
  int load() { return getifaddrs(&first_) == 0 ? 0 : last_error(); }
  const ifaddrs* first() const { return first_; }

 private:
  ifaddrs* first_ = nullptr;
};

bool has_family(const ifaddrs& entry, int family) {
  return entry.ifa_addr != nullptr && entry.ifa_addr->sa_family == family;
}

bool is_listed(const ifaddrs& entry) {
  constexpr unsigned kUsable = IFF_UP | IFF_RUNNING;
  return (entry.ifa_flags & kUsable) == kUsable &&
         (has_family(entry, AF_INET) || has_family(entry, AF_INET6));
}

void copy_address(const sockaddr* source, int family, void* target) {
  if (source != nullptr) copy_interface_address(*source, family, target);
}

// The hardware address stands in an entry of its own.
void copy_hardware_address(const ifaddrs* list, const char* name, char (&target)[6]) {
  for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
    const void* address = hardware_address(*entry);
    if (address == nullptr || std::strcmp(entry->ifa_name, name) != 0) continue;
    std::memcpy(target, address, sizeof(target));
    return;
  }
}

}  // namespace

int interface_addresses(uv_interface_address_t** addresses, int* count) {
  InterfaceList list;
  int error = list.load();
  if (error < 0) return error;
  std::size_t entries = 0;
  std::size_t text_size = 0;
  for (const ifaddrs* entry = list.first(); entry != nullptr; entry = entry->ifa_next) {
    if (!is_listed(*entry)) continue;
    ++entries;
    text_size += std::strlen(entry->ifa_name) + 1;
  }
  *addresses = nullptr;
  *count = 0;
  if (entries == 0) return 0;

  auto* block = static_cast<uv_interface_address_t*>(
      allocate_zeroed(1, entries * sizeof(**addresses) + text_size));
  if (block == nullptr) return UV_ENOMEM;
  uv_interface_address_t* address = block;
  char* text = reinterpret_cast<char*>(block + entries);
  for (const ifaddrs* entry = list.first(); entry != nullptr; entry = entry->ifa_next) {
    if (!is_listed(*entry)) continue;
    const int family = entry->ifa_addr->sa_family;
    std::size_t name_size = std::strlen(entry->ifa_name) + 1;
    std::memcpy(text, entry->ifa_name, name_size);
    address->name = text;
    text += name_size;
    address->is_internal = (entry->ifa_flags & IFF_LOOPBACK) != 0 ? 1 : 0;
    copy_address(entry->ifa_addr, family, &address->address);
    copy_address(entry->ifa_netmask, family, &address->netmask);
    copy_hardware_address(list.first(), entry->ifa_name, address->phys_addr);
    ++address;
  }
  *addresses = block;
  *count = static_cast<int>(entries);
  return 0;
}

unsigned first_link_local_interface() {
  InterfaceList list;
  if (list.load() < 0) return 0;
  for (const ifaddrs* entry = list.first(); entry != nullptr; entry = entry->ifa_next) {
    if (!has_family(*entry, AF_INET6)) continue;
    sockaddr_in6 address;
    copy_interface_address(*entry->ifa_addr, AF_INET6, &address);
    if (IN6_IS_ADDR_LINKLOCAL(&address.sin6_addr)) return address.sin6_scope_id;
  }
  return 0;
}

int interface_name(unsigned index, char* name) {
  return if_indextoname(index, name) != nullptr ? 0 : last_error();
}

int interface_identifier(unsigned index, char* name) {
  return interface_name(index, name);
}

unsigned interface_index(const char* name) {
  return if_nametoindex(name);
}

}  // namespace violet
