#include "os/local_socket.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "os/posix/local_ways.h"
#include "os/posix/new_descriptor.h"

namespace violet {
namespace {

static_assert(sizeof(sockaddr_un) <= sizeof(LocalAddress::bytes));

constexpr std::size_t kPathOffset = offsetof(sockaddr_un, sun_path);
constexpr std::size_t kPathSize = sizeof(sockaddr_un::sun_path);

sockaddr_un& unix_address(LocalAddress& address) {
  return *reinterpret_cast<sockaddr_un*>(address.bytes);
}

void take_descriptors(const msghdr& message, PassedDescriptors& passed) {
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
       header = CMSG_NXTHDR(const_cast<msghdr*>(&message), header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t size = header->cmsg_len - CMSG_LEN(0);
    for (std::size_t position = 0; position < size; position += sizeof(int)) {
      int number;
      std::memcpy(&number, CMSG_DATA(header) + position, sizeof(number));
      passed.add(Descriptor::of(number));
    }
  }
}

}  // namespace

const bool kLocalSocketsAreSockets = true;

const char* LocalAddress::path() const {
  return reinterpret_cast<const sockaddr_un*>(bytes)->sun_path;
}

int make_local_address(const char* name, std::size_t length, bool no_truncate,
                       LocalAddress& address) {
  unix_address(address) = {};
  unix_address(address).sun_family = AF_UNIX;
  address.size = kPathOffset;
  const bool is_abstract = length == 0 || name[0] == '\0';
  if (is_abstract && !has_abstract_names()) return UV_EINVAL;
  if (length == 0) return 0;
  // A path keeps its final zero; an abstract name is told by its length.
  const std::size_t capacity = is_abstract ? kPathSize : kPathSize - 1;
  if (length > capacity && no_truncate) return UV_EINVAL;
  if (!is_abstract && std::memchr(name, '\0', length) != nullptr) return UV_EINVAL;
  length = std::min(length, capacity);
  sockaddr_un& target = unix_address(address);
  std::memcpy(target.sun_path, name, length);
  address.size = static_cast<unsigned int>(is_abstract ? kPathOffset + length : sizeof(target));
  return 0;
}

int open_local_socket(OwnedDescriptor& opened) {
  return new_socket(AF_UNIX, SOCK_STREAM, opened);
}

int open_bound_local_socket(const LocalAddress& address, OwnedDescriptor& opened) {
  OwnedDescriptor socket;
  if (int error = open_local_socket(socket); error != 0) return error;
  if (bind(socket.get().native(), address.get(), address.size) != 0) {
    // As named pipes on Windows say it.
    return errno == ENOENT ? UV_EACCES : last_error();
  }
  opened = std::move(socket);
  return 0;
}

int local_socket_name(Descriptor socket, SocketEnd end, char* buffer, std::size_t* size) {
  // One byte more than the kernel fills, so that a path ends with a zero; no name is an empty one.
  struct {
    sockaddr_un address;
    char zero;
  } name = {};
  socklen_t length = sizeof(name.address);
  auto* address = reinterpret_cast<sockaddr*>(&name.address);
  int result = end == SocketEnd::kOwn ? getsockname(socket.native(), address, &length)
                                      : getpeername(socket.native(), address, &length);
  if (result != 0) return last_error();
  std::size_t name_length = length > kPathOffset ? length - kPathOffset : 0;
  const bool is_abstract =
      has_abstract_names() && name_length > 0 && name.address.sun_path[0] == '\0';
  if (!is_abstract) name_length = std::strlen(name.address.sun_path);
  const std::size_t needed = name_length + (is_abstract ? 0 : 1);
  if (needed > *size) {
    *size = needed;
    return UV_ENOBUFS;
  }
  std::memcpy(buffer, name.address.sun_path, needed);
  *size = name_length;
  return 0;
}

int access_mode(Descriptor descriptor, AccessMode& mode) {
  int flags = fcntl(descriptor.native(), F_GETFL);
  if (flags < 0) return last_error();
  mode.readable = (flags & O_ACCMODE) != O_WRONLY;
  mode.writable = (flags & O_ACCMODE) != O_RDONLY;
  return 0;
}

std::int64_t receive_with_descriptors(Descriptor socket, const uv_buf_t& buffer,
                                      PassedDescriptors& passed) {
  alignas(cmsghdr) char control[CMSG_SPACE(kMaxPassedDescriptors * sizeof(int))];
  iovec vector = {buffer.base, buffer.len};
  msghdr message = {};
  message.msg_iov = &vector;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  for (;;) {
    ssize_t count = receive_passing(socket, message);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return last_error();
    take_descriptors(message, passed);
    return count;
  }
}

}  // namespace violet
