// No call takes flags, and only newer versions can be told with each message that a peer which is
// gone must not end the program (MSG_NOSIGNAL): every socket is told once.
#include "os/posix/new_descriptor.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"
#include "os/posix/opened.h"

namespace violet {
namespace {

void refuse_signals(int socket) {
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof(yes));
}

int take_socket(int result, OwnedDescriptor& opened) {
  if (int error = take_opened_in_steps(result, opened); error != 0) return error;
  refuse_signals(opened.get().native());
  return 0;
}

int finish_end(int end, Blocking blocking) {
  if (blocking == Blocking::kNo) return set_flags_of_new(Descriptor::of(end));
  return fcntl(end, F_SETFD, FD_CLOEXEC) == 0 ? 0 : last_error();
}

// `result` is that of the call which made the pair; so is what this returns.
int finish_pair(int result, const int ends[2], Blocking blocking) {
  if (result != 0) return result;
  int error = finish_end(ends[0], blocking);
  if (error == 0) error = finish_end(ends[1], blocking);
  if (error == 0) return 0;
  close(ends[0]);
  close(ends[1]);
  errno = -error;
  return -1;
}

void keep_from_inheritance(const msghdr& message) {
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
       header = CMSG_NXTHDR(const_cast<msghdr*>(&message), header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t size = header->cmsg_len - CMSG_LEN(0);
    for (std::size_t position = 0; position + sizeof(int) <= size; position += sizeof(int)) {
      int number;
      std::memcpy(&number, CMSG_DATA(header) + position, sizeof(number));
      fcntl(number, F_SETFD, FD_CLOEXEC);
    }
  }
}

}  // namespace

void keep_from_signalling(Descriptor socket) {
  refuse_signals(socket.native());
}

int new_socket(int family, int type, OwnedDescriptor& opened) {
  return take_socket(socket(family, type, 0), opened);
}

int new_connection(Descriptor listener, OwnedDescriptor& accepted) {
  for (;;) {
    const int result = accept(listener.native(), nullptr, nullptr);
    if (result < 0 && errno == EINTR) continue;
    return take_socket(result, accepted);
  }
}

int new_pipe(int ends[2], Blocking blocking) {
  return finish_pair(pipe(ends), ends, blocking);
}

int new_socket_pair(int type, int protocol, int ends[2], Blocking blocking) {
  const int result = finish_pair(socketpair(AF_UNIX, type, protocol, ends), ends, blocking);
  if (result != 0) return result;
  refuse_signals(ends[0]);
  refuse_signals(ends[1]);
  return 0;
}

ssize_t receive_passing(Descriptor socket, msghdr& message) {
  const ssize_t count = recvmsg(socket.native(), &message, MSG_DONTWAIT);
  if (count >= 0) keep_from_inheritance(message);
  return count;
}

}  // namespace violet
