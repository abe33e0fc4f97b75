#include "os/datagram.h"

#include <cstring>
#include <utility>

#include "os/socket.h"
#include "os/windows/socket_buffers.h"
#include "os/windows/windows_error.h"
#include "os/windows/winsock.h"

// Needs Winsock's types.
#include <mstcpip.h>
#include <mswsock.h>

namespace violet {
namespace {

// SIO_UDP_CONNRESET and SIO_UDP_NETRESET, which older headers lack.
constexpr DWORD kTellOfRefusals = _WSAIOW(IOC_VENDOR, 12);
constexpr DWORD kTellOfLosses = _WSAIOW(IOC_VENDOR, 15);

// Unless this is turned off, a datagram that is refused, or whose time to live runs out, makes a
// later receive fail, whichever destination it had. Systems that do not know these options do not
// do that.
void tell_of_refusals(SOCKET socket, bool wanted) {
  BOOL tell = wanted ? TRUE : FALSE;
  DWORD size = 0;
  for (DWORD what : {kTellOfRefusals, kTellOfLosses})
    WSAIoctl(socket, what, &tell, sizeof(tell), nullptr, 0, &size, nullptr, nullptr);
}

}  // namespace

int open_datagram_socket(int family, OwnedDescriptor& opened) {
  if (int error = start_winsock(); error != 0) return error;
  const SOCKET made = WSASocketW(family, SOCK_DGRAM, IPPROTO_UDP, nullptr, 0,
                                 WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  if (made == INVALID_SOCKET) return last_socket_error();
  OwnedDescriptor socket(Descriptor::of(made));
  u_long nonblocking = 1;
  if (ioctlsocket(made, FIONBIO, &nonblocking) != 0) return last_socket_error();
  tell_of_refusals(made, false);
  opened = std::move(socket);
  return 0;
}

// Local datagrams are not of this system.
int datagram_address_size(const sockaddr* address, unsigned int& size) {
  return internet_address_size(address, size);
}

int connect_datagram_socket(Descriptor socket, const sockaddr* address) {
  unsigned int size = 0;
  if (int error = datagram_address_size(address, size); error != 0) return error;
  if (connect(socket.native(), address, static_cast<int>(size)) != 0) return last_socket_error();
  // A connected socket is told of refusals by its one peer, as on other systems.
  tell_of_refusals(socket.native(), true);
  return 0;
}

// An address of zeros, of the socket's own family, takes the peer away.
int disconnect_datagram_socket(Descriptor socket) {
  sockaddr_storage own = {};
  int size = sizeof(own);
  if (getsockname(socket.native(), reinterpret_cast<sockaddr*>(&own), &size) != 0) {
    return last_socket_error();
  }
  sockaddr_storage nobody = {};
  nobody.ss_family = own.ss_family;
  tell_of_refusals(socket.native(), false);
  return connect(socket.native(), reinterpret_cast<sockaddr*>(&nobody), size) == 0
             ? 0
             : last_socket_error();
}

std::int64_t send_one(Descriptor socket, const OutgoingDatagram& datagram) {
  DWORD sent = 0;
  unsigned int size = 0;
  if (datagram.address != nullptr) datagram_address_size(datagram.address, size);
  if (WSASendTo(socket.native(), system_buffers(datagram.buffers), datagram.count, &sent, 0,
                datagram.address, static_cast<int>(size), nullptr, nullptr) != 0) {
    return last_socket_error();
  }
  return sent;
}

int send_several(Descriptor socket, const OutgoingDatagram* datagrams, unsigned int count) {
  for (unsigned int i = 0; i < count; ++i) {
    const std::int64_t sent = send_one(socket, datagrams[i]);
    if (sent < 0) return i == 0 ? static_cast<int>(sent) : static_cast<int>(i);
  }
  return static_cast<int>(count);
}

int receive_one(Descriptor socket, const uv_buf_t& buffer, ReceivedDatagram& received) {
  DWORD count = 0;
  DWORD flags = 0;
  int size = sizeof(received.address);
  const bool came =
      WSARecvFrom(socket.native(), system_buffers(&buffer), 1, &count, &flags,
                  reinterpret_cast<sockaddr*>(received.address), &size, nullptr, nullptr) == 0;
  // A datagram that was longer than the buffer is an error for Windows, but what fits is in the
  // buffer.
  const bool was_cut = !came && WSAGetLastError() == WSAEMSGSIZE;
  if (!came && !was_cut) return last_socket_error();
  received.size = was_cut ? buffer.len : count;
  received.cut = was_cut || (flags & MSG_PARTIAL) != 0;
  return 0;
}

uv_buf_t chunk_of(const uv_buf_t& buffer, unsigned int index) {
  const std::size_t size = buffer.len < kLargestDatagram ? buffer.len : kLargestDatagram;
  uv_buf_t chunk = {};
  chunk.base = buffer.base + index * kLargestDatagram;
  chunk.len = static_cast<ULONG>(size);
  return chunk;
}

// As libuv answers on this system.
bool can_receive_several() {
  return false;
}

int receive_several(Descriptor socket, const uv_buf_t& buffer, ReceivedDatagram* received,
                    unsigned int chunks) {
  for (unsigned int i = 0; i < chunks; ++i) {
    const int error = receive_one(socket, chunk_of(buffer, i), received[i]);
    if (error != 0) return i == 0 ? error : static_cast<int>(i);
  }
  return static_cast<int>(chunks);
}

// The system keeps none.
int take_queued_error(Descriptor) {
  return 0;
}

}  // namespace violet
