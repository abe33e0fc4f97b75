// Two connected sockets. The system has no such call: they meet on the loopback interface.
#include <cstring>
#include <utility>

#include "os/open_files.h"
#include "os/windows/windows_error.h"
#include "os/windows/winsock.h"

namespace violet {
namespace {

struct Kind {
  int type;
  int protocol;
};

int open_socket(const Kind& kind, int flags, OwnedDescriptor& opened) {
  DWORD options = WSA_FLAG_NO_HANDLE_INHERIT;
  if ((flags & UV_NONBLOCK_PIPE) != 0) options |= WSA_FLAG_OVERLAPPED;
  const SOCKET made = WSASocketW(AF_INET, kind.type, kind.protocol, nullptr, 0, options);
  if (made == INVALID_SOCKET) return last_socket_error();
  opened = OwnedDescriptor(Descriptor::of(made));
  return 0;
}

int bind_to_loopback(SOCKET socket, sockaddr_in& address) {
  address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(socket, generic, size) != 0) return last_socket_error();
  return getsockname(socket, generic, &size) == 0 ? 0 : last_socket_error();
}

int connect_to(SOCKET socket, const sockaddr_in& address) {
  return connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0
             ? 0
             : last_socket_error();
}

bool same_address(const sockaddr_in& left, const sockaddr_in& right) {
  return left.sin_port == right.sin_port && left.sin_addr.s_addr == right.sin_addr.s_addr;
}

// Accepts the connection from that address; others may find the port before it.
int accept_from(SOCKET listener, const sockaddr_in& expected, OwnedDescriptor& accepted) {
  for (;;) {
    sockaddr_in peer = {};
    int size = sizeof(peer);
    const SOCKET made = accept(listener, reinterpret_cast<sockaddr*>(&peer), &size);
    if (made == INVALID_SOCKET) return last_socket_error();
    OwnedDescriptor connection(Descriptor::of(made));
    if (!same_address(peer, expected)) continue;
    SetHandleInformation(reinterpret_cast<HANDLE>(made), HANDLE_FLAG_INHERIT, 0);
    accepted = std::move(connection);
    return 0;
  }
}

int connect_streams(const Kind& kind, OwnedDescriptor& first, int flags1, OwnedDescriptor& second) {
  OwnedDescriptor listener;
  sockaddr_in server = {};
  sockaddr_in client = {};
  // An accepted socket is for overlapped calls where its listener is.
  if (int error = open_socket(kind, flags1, listener); error != 0) return error;
  if (int error = bind_to_loopback(listener.get().native(), server); error != 0) return error;
  if (int error = bind_to_loopback(first.get().native(), client); error != 0) return error;
  if (listen(listener.get().native(), 1) != 0) return last_socket_error();
  if (int error = connect_to(first.get().native(), server); error != 0) return error;
  return accept_from(listener.get().native(), client, second);
}

int connect_datagrams(const Kind& kind, OwnedDescriptor& first, int flags1,
                      OwnedDescriptor& second) {
  sockaddr_in one = {};
  sockaddr_in other = {};
  if (int error = open_socket(kind, flags1, second); error != 0) return error;
  if (int error = bind_to_loopback(first.get().native(), one); error != 0) return error;
  if (int error = bind_to_loopback(second.get().native(), other); error != 0) return error;
  if (int error = connect_to(first.get().native(), other); error != 0) return error;
  return connect_to(second.get().native(), one);
}

}  // namespace

int create_socket_pair(int type, int protocol, OwnedDescriptor ends[2], int flags0, int flags1) {
  if (int error = start_winsock(); error != 0) return error;
  if (type != SOCK_STREAM && type != SOCK_DGRAM) return UV_EINVAL;
  const Kind kind = {type, protocol};
  OwnedDescriptor first;
  OwnedDescriptor second;
  if (int error = open_socket(kind, flags0, first); error != 0) return error;
  const int error = type == SOCK_STREAM ? connect_streams(kind, first, flags1, second)
                                        : connect_datagrams(kind, first, flags1, second);
  if (error != 0) return error;
  ends[0] = std::move(first);
  ends[1] = std::move(second);
  return 0;
}

}  // namespace violet
