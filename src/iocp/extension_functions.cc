#include "iocp/extension_functions.h"

#include "base/allocator.h"
#include "os/thread.h"

namespace violet {
namespace {

Once once;
ExtensionFunctions functions = {};

template <typename Function>
void ask_for(SOCKET socket, GUID name, Function& function) {
  DWORD size = 0;
  if (WSAIoctl(socket, SIO_GET_EXTENSION_FUNCTION_POINTER, &name, sizeof(name), &function,
               sizeof(function), &size, nullptr, nullptr) != 0) {
    function = nullptr;
  }
}

bool are_all_handles() {
  DWORD size = 0;
  WSAEnumProtocolsW(nullptr, nullptr, &size);
  Owned<WSAPROTOCOL_INFOW> providers(static_cast<WSAPROTOCOL_INFOW*>(allocate(size)));
  if (!providers) return false;
  const int count = WSAEnumProtocolsW(nullptr, providers.get(), &size);
  for (int i = 0; i < count; ++i) {
    const WSAPROTOCOL_INFOW& provider = providers[static_cast<std::size_t>(i)];
    const bool is_internet =
        provider.iAddressFamily == AF_INET || provider.iAddressFamily == AF_INET6;
    if (is_internet && (provider.dwServiceFlags1 & XP1_IFS_HANDLES) == 0) return false;
  }
  return count > 0;
}

void find() {
  if (start_winsock() != 0) return;
  const SOCKET socket = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, nullptr, 0,
                                   WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  if (socket == INVALID_SOCKET) return;
  ask_for(socket, WSAID_ACCEPTEX, functions.accept);
  ask_for(socket, WSAID_CONNECTEX, functions.connect);
  closesocket(socket);
  functions.sockets_are_handles = are_all_handles();
}

}  // namespace

const ExtensionFunctions& extension_functions() {
  once.call(find);
  return functions;
}

}  // namespace violet
