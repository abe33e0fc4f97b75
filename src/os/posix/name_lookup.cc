#include "os/name_lookup.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

#include "base/error.h"

namespace violet {
namespace {

int error_from_resolver(int error) {
  switch (error) {
    case 0:
      return 0;
    case EAI_AGAIN:
      return UV_EAI_AGAIN;
    case EAI_BADFLAGS:
      return UV_EAI_BADFLAGS;
    case EAI_FAIL:
      return UV_EAI_FAIL;
    case EAI_FAMILY:
      return UV_EAI_FAMILY;
    case EAI_MEMORY:
      return UV_EAI_MEMORY;
    case EAI_NONAME:
      return UV_EAI_NONAME;
    case EAI_OVERFLOW:
      return UV_EAI_OVERFLOW;
    case EAI_SERVICE:
      return UV_EAI_SERVICE;
    case EAI_SOCKTYPE:
      return UV_EAI_SOCKTYPE;
    case EAI_SYSTEM:
      return last_error();
      // The rest is not in POSIX any more, or never was.
#ifdef EAI_ADDRFAMILY
    case EAI_ADDRFAMILY:
      return UV_EAI_ADDRFAMILY;
#endif
#ifdef EAI_NODATA
    case EAI_NODATA:
      return UV_EAI_NODATA;
#endif
#ifdef EAI_CANCELED
    case EAI_CANCELED:
      return UV_EAI_CANCELED;
#endif
#ifdef EAI_BADHINTS
    case EAI_BADHINTS:
      return UV_EAI_BADHINTS;
#endif
#ifdef EAI_PROTOCOL
    case EAI_PROTOCOL:
      return UV_EAI_PROTOCOL;
#endif
    default:
      return UV_EAI_FAIL;
  }
}

socklen_t address_length(const sockaddr* address) {
  return address->sa_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
}

}  // namespace

int look_up_name(const char* node, const char* service, const addrinfo* hints,
                 addrinfo*& addresses) {
  addresses = nullptr;
  return error_from_resolver(getaddrinfo(node, service, hints, &addresses));
}

void free_addresses(addrinfo* addresses) {
  if (addresses != nullptr) freeaddrinfo(addresses);
}

int look_up_address(const sockaddr* address, int flags, const NameBuffers& names) {
  return error_from_resolver(getnameinfo(address, address_length(address), names.host,
                                         static_cast<socklen_t>(names.host_size), names.service,
                                         static_cast<socklen_t>(names.service_size), flags));
}

}  // namespace violet
