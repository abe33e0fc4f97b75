#include "os/network_interfaces.h"

#include "os/windows/winsock.h"

// Needs the types of <windows.h>.
#include <iphlpapi.h>

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/allocator.h"
#include "os/windows/wide_text.h"

namespace violet {
namespace {

constexpr ULONG kFlags = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER;
constexpr ULONG kFirstSize = 16 * 1024;  // as Microsoft's documentation advises

using Adapters = Owned<IP_ADAPTER_ADDRESSES>;

// Null when there is no adapter.
int list_adapters(ULONG family, Adapters& adapters) {
  for (ULONG size = kFirstSize;;) {
    adapters = Adapters(static_cast<IP_ADAPTER_ADDRESSES*>(allocate(size)));
    if (!adapters) return UV_ENOMEM;
    const ULONG result = GetAdaptersAddresses(family, kFlags, nullptr, adapters.get(), &size);
    if (result == ERROR_SUCCESS) return 0;
    if (result == ERROR_BUFFER_OVERFLOW) continue;  // and `size` says how much it takes
    adapters = Adapters();
    return result == ERROR_NO_DATA ? 0 : error_from_windows(result);
  }
}

// Calls `visit` with each address of each adapter that is up.
template <typename Visit>
void for_each_address(const IP_ADAPTER_ADDRESSES* adapters, Visit visit) {
  for (const IP_ADAPTER_ADDRESSES* adapter = adapters; adapter != nullptr;
       adapter = adapter->Next) {
    if (adapter->OperStatus != IfOperStatusUp) continue;
    for (const IP_ADAPTER_UNICAST_ADDRESS* address = adapter->FirstUnicastAddress;
         address != nullptr; address = address->Next) {
      visit(*adapter, *address);
    }
  }
}

// Sets the first `bits` bits.
void fill_mask(unsigned char* mask, std::size_t size, unsigned bits) {
  std::memset(mask, 0, size);
  for (unsigned bit = 0; bit < bits && bit / 8 < size; ++bit) {
    mask[bit / 8] = static_cast<unsigned char>(mask[bit / 8] | 0x80 >> bit % 8);
  }
}

void fill(uv_interface_address_t& target, const IP_ADAPTER_ADDRESSES& adapter,
          const IP_ADAPTER_UNICAST_ADDRESS& source) {
  target = {};
  if (adapter.PhysicalAddressLength == sizeof(target.phys_addr)) {
    std::memcpy(target.phys_addr, adapter.PhysicalAddress, sizeof(target.phys_addr));
  }
  target.is_internal = adapter.IfType == IF_TYPE_SOFTWARE_LOOPBACK ? 1 : 0;
  if (source.Address.lpSockaddr->sa_family == AF_INET6) {
    std::memcpy(&target.address.address6, source.Address.lpSockaddr, sizeof(sockaddr_in6));
    target.netmask.netmask6.sin6_family = AF_INET6;
    fill_mask(reinterpret_cast<unsigned char*>(&target.netmask.netmask6.sin6_addr), 16,
              source.OnLinkPrefixLength);
  } else {
    std::memcpy(&target.address.address4, source.Address.lpSockaddr, sizeof(sockaddr_in));
    target.netmask.netmask4.sin_family = AF_INET;
    fill_mask(reinterpret_cast<unsigned char*>(&target.netmask.netmask4.sin_addr), 4,
              source.OnLinkPrefixLength);
  }
}

}  // namespace

int interface_addresses(uv_interface_address_t** addresses, int* count) {
  *addresses = nullptr;
  *count = 0;
  Adapters adapters;
  if (int error = list_adapters(AF_UNSPEC, adapters); error != 0) return error;
  std::size_t entries = 0;
  std::size_t text_size = 0;
  for_each_address(adapters.get(), [&](const auto& adapter, const auto&) {
    ++entries;
    text_size += narrow_size(adapter.FriendlyName) + 1;
  });
  // Never zero bytes: no address is no lack of memory.
  auto* list = static_cast<uv_interface_address_t*>(
      allocate((entries + 1) * sizeof(uv_interface_address_t) + text_size));
  if (list == nullptr) return UV_ENOMEM;
  char* text = reinterpret_cast<char*>(list + entries + 1);
  int listed = 0;
  for_each_address(adapters.get(), [&](const auto& adapter, const auto& address) {
    uv_interface_address_t& entry = list[listed++];
    fill(entry, adapter, address);
    entry.name = text;
    text = write_narrow(adapter.FriendlyName, text);
  });
  *addresses = list;
  *count = listed;
  return 0;
}

unsigned first_link_local_interface() {
  Adapters adapters;
  if (list_adapters(AF_INET6, adapters) != 0) return 0;
  unsigned found = 0;
  for_each_address(adapters.get(), [&](const auto& adapter, const auto& address) {
    const auto* ipv6 = reinterpret_cast<const sockaddr_in6*>(address.Address.lpSockaddr);
    if (found == 0 && IN6_IS_ADDR_LINKLOCAL(&ipv6->sin6_addr)) found = adapter.Ipv6IfIndex;
  });
  return found;
}

int interface_name(unsigned index, char* name) {
  NET_LUID luid;
  DWORD error = ConvertInterfaceIndexToLuid(index, &luid);
  // An index that no interface has is ENXIO on other systems.
  if (error != NO_ERROR) return UV_ENXIO;
  wchar_t wide[NDIS_IF_MAX_STRING_SIZE + 1];
  error = ConvertInterfaceLuidToNameW(&luid, wide, NDIS_IF_MAX_STRING_SIZE + 1);
  if (error != NO_ERROR) return error_from_windows(error);
  write_cut(wide, name, UV_IF_NAMESIZE);
  return 0;
}

int interface_identifier(unsigned index, char* name) {
  NET_LUID luid;
  if (ConvertInterfaceIndexToLuid(index, &luid) != NO_ERROR) return UV_ENXIO;
  // Scopes are written as numbers.
  std::snprintf(name, UV_IF_NAMESIZE, "%u", index);
  return 0;
}

unsigned interface_index(const char* name) {
  char* end = nullptr;
  const unsigned long number = std::strtoul(name, &end, 10);
  if (end != name && *end == '\0') return number > UINT_MAX ? 0 : static_cast<unsigned>(number);
  return if_nametoindex(name);
}

}  // namespace violet
