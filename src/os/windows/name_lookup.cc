#include "os/name_lookup.h"

#include <cstring>

#include "base/allocator.h"
#include "os/windows/wide_text.h"
#include "os/windows/winsock.h"

namespace violet {
namespace {

int error_from_resolver(int error) {
  switch (error) {
    case 0:
      return 0;
    case WSATRY_AGAIN:
      return UV_EAI_AGAIN;
    case WSAEINVAL:
      return UV_EAI_BADFLAGS;
    case WSANO_RECOVERY:
      return UV_EAI_FAIL;
    case WSAEAFNOSUPPORT:
      return UV_EAI_FAMILY;
    case WSA_NOT_ENOUGH_MEMORY:
      return UV_EAI_MEMORY;
    case WSAHOST_NOT_FOUND:
    case WSANO_DATA:
      return UV_EAI_NONAME;
    case WSATYPE_NOT_FOUND:
      return UV_EAI_SERVICE;
    case WSAESOCKTNOSUPPORT:
      return UV_EAI_SOCKTYPE;
    default:
      return error_from_windows(static_cast<unsigned long>(error));
  }
}

class WideAddresses {
 public:
  ~WideAddresses() {
    if (first_ != nullptr) FreeAddrInfoW(first_);
  }
  ADDRINFOW** to_fill() { return &first_; }
  const ADDRINFOW* first() const { return first_; }

 private:
  ADDRINFOW* first_ = nullptr;
};

// Each entry with its address and name behind it, all of it aligned.
std::size_t aligned(std::size_t size) {
  constexpr std::size_t kAlignment = alignof(addrinfo);
  return (size + kAlignment - 1) / kAlignment * kAlignment;
}

std::size_t name_size(const ADDRINFOW& entry) {
  return entry.ai_canonname == nullptr ? 0 : aligned(narrow_size(entry.ai_canonname) + 1);
}

std::size_t copy_size(const ADDRINFOW& entry) {
  return aligned(sizeof(addrinfo)) + aligned(entry.ai_addrlen) + name_size(entry);
}

addrinfo* copy_entry(const ADDRINFOW& entry, char* memory) {
  auto* copy = reinterpret_cast<addrinfo*>(memory);
  char* address = memory + aligned(sizeof(addrinfo));
  char* name = address + aligned(entry.ai_addrlen);
  std::memcpy(address, entry.ai_addr, entry.ai_addrlen);
  *copy = {};
  copy->ai_flags = entry.ai_flags;
  copy->ai_family = entry.ai_family;
  copy->ai_socktype = entry.ai_socktype;
  copy->ai_protocol = entry.ai_protocol;
  copy->ai_addrlen = entry.ai_addrlen;
  copy->ai_addr = reinterpret_cast<sockaddr*>(address);
  if (entry.ai_canonname != nullptr) {
    write_narrow(entry.ai_canonname, name);
    copy->ai_canonname = name;
  }
  return copy;
}

// The list with names in UTF-8, in one block of memory.
int copy_list(const ADDRINFOW* first, addrinfo*& addresses) {
  std::size_t size = 0;
  for (const ADDRINFOW* entry = first; entry != nullptr; entry = entry->ai_next)
    size += copy_size(*entry);
  if (size == 0) return UV_EAI_NODATA;
  char* memory = static_cast<char*>(allocate(size));
  if (memory == nullptr) return UV_EAI_MEMORY;
  addrinfo** link = &addresses;
  for (const ADDRINFOW* entry = first; entry != nullptr; entry = entry->ai_next) {
    *link = copy_entry(*entry, memory);
    link = &(*link)->ai_next;
    memory += copy_size(*entry);
  }
  return 0;
}

int address_length(const sockaddr* address) {
  return address->sa_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
}

}  // namespace

int look_up_name(const char* node, const char* service, const addrinfo* hints,
                 addrinfo*& addresses) {
  addresses = nullptr;
  if (int error = start_winsock(); error != 0) return error;
  WideText wide_node;
  WideText wide_service;
  if (node != nullptr) {
    if (int error = wide_node.assign(node); error != 0) return error;
  }
  if (service != nullptr) {
    if (int error = wide_service.assign(service); error != 0) return error;
  }
  ADDRINFOW wide_hints = {};
  if (hints != nullptr) {
    wide_hints.ai_flags = hints->ai_flags;
    wide_hints.ai_family = hints->ai_family;
    wide_hints.ai_socktype = hints->ai_socktype;
    wide_hints.ai_protocol = hints->ai_protocol;
  }
  WideAddresses found;
  const int error = GetAddrInfoW(node == nullptr ? nullptr : wide_node.get(),
                                 service == nullptr ? nullptr : wide_service.get(),
                                 hints == nullptr ? nullptr : &wide_hints, found.to_fill());
  return error != 0 ? error_from_resolver(error) : copy_list(found.first(), addresses);
}

void free_addresses(addrinfo* addresses) {
  release(addresses);
}

int look_up_address(const sockaddr* address, int flags, const NameBuffers& names) {
  if (int error = start_winsock(); error != 0) return error;
  wchar_t host[NI_MAXHOST];
  wchar_t service[NI_MAXSERV];
  const int error =
      GetNameInfoW(address, address_length(address), host, NI_MAXHOST, service, NI_MAXSERV, flags);
  if (error != 0) return error_from_resolver(error);
  write_cut(host, names.host, names.host_size);
  write_cut(service, names.service, names.service_size);
  return 0;
}

}  // namespace violet
