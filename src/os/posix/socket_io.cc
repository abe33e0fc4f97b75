#include "os/socket_io.h"

#include <limits.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"
#include "os/posix/refused_call.h"
#include "os/posix/send_flags.h"
#include "os/socket.h"

namespace violet {
namespace {

// uv_buf_t is laid out like struct iovec on Unix.
static_assert(sizeof(uv_buf_t) == sizeof(iovec));
static_assert(offsetof(uv_buf_t, base) == offsetof(iovec, iov_base));
static_assert(offsetof(uv_buf_t, len) == offsetof(iovec, iov_len));

iovec* vector_of(const uv_buf_t* buffers) {
  return reinterpret_cast<iovec*>(const_cast<uv_buf_t*>(buffers));
}

int clamp_count(unsigned int count) {
  return count > IOV_MAX ? IOV_MAX : static_cast<int>(count);
}

// A full buffer shows as EAGAIN. ENOBUFS is a want of memory, or a full network device.
std::int64_t send_error() {
  return errno == ENOBUFS ? kRoomUntold : last_error();
}

msghdr message_of(const uv_buf_t* buffers, unsigned int count) {
  msghdr message = {};
  message.msg_iov = vector_of(buffers);
  message.msg_iovlen = static_cast<decltype(message.msg_iovlen)>(clamp_count(count));
  return message;
}

ssize_t send_once(Descriptor socket, const uv_buf_t* buffers, unsigned int count) {
  if (count == 1) return send(socket.native(), buffers->base, buffers->len, kSendFlags);
  const msghdr message = message_of(buffers, count);
  return sendmsg(socket.native(), &message, kSendFlags);
}

// Where a filter refuses to send. SIGPIPE comes then when the peer is gone.
std::int64_t write_to_socket(Descriptor socket, const uv_buf_t* buffers, unsigned int count) {
  const std::int64_t written = write_gathered(socket, buffers, count);
  return written == UV_ENOBUFS ? kRoomUntold : written;
}

}  // namespace

std::int64_t write_gathered(Descriptor descriptor, const uv_buf_t* buffers, unsigned int count) {
  for (;;) {
    ssize_t written = count == 1
                          ? write(descriptor.native(), buffers->base, buffers->len)
                          : writev(descriptor.native(), vector_of(buffers), clamp_count(count));
    if (written >= 0) return written;
    if (errno != EINTR) return last_error();
  }
}

std::int64_t send_gathered(Descriptor socket, const uv_buf_t* buffers, unsigned int count) {
  for (;;) {
    const ssize_t sent = send_once(socket, buffers, count);
    if (sent >= 0) return sent;
    if (is_call_refused()) return write_to_socket(socket, buffers, count);
    if (errno != EINTR) return send_error();
  }
}

std::int64_t send_with_descriptor(Descriptor socket, const uv_buf_t* buffers, unsigned int count,
                                  Descriptor passed) {
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message = message_of(buffers, count);
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  const int number = passed.native();
  std::memcpy(CMSG_DATA(header), &number, sizeof(number));
  for (;;) {
    const ssize_t sent = sendmsg(socket.native(), &message, kSendFlags);
    if (sent >= 0) return sent;
    if (errno != EINTR) return send_error();
  }
}

int connect_socket(Descriptor socket, const sockaddr* address, unsigned int length) {
  // An interrupted connect(2) goes on in the background; calling it again would give EALREADY.
  if (connect(socket.native(), address, length) == 0) return 0;
  return errno == EINPROGRESS || errno == EINTR ? kConnectUnderWay : last_error();
}

int socket_error(Descriptor socket) {
  int error = 0;
  socklen_t size = sizeof(error);
  if (getsockopt(socket.native(), SOL_SOCKET, SO_ERROR, &error, &size) != 0) return last_error();
  return error_from_errno(error);
}

}  // namespace violet
