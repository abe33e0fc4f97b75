// How macOS opens sockets and pipes, for no call of its takes flags: its very file, over the calls
// of this system.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "os/posix/new_descriptor.h"
#include "os/posix/opened.h"

// Something that can be asked for.
#define SO_NOSIGPIPE SO_KEEPALIVE

namespace in_steps {
namespace violet {
using namespace ::violet;
}
#include "os/bsd/macos/new_descriptor.cc"
}  // namespace in_steps

namespace {

namespace macos = in_steps::violet;
using violet::Blocking;
using violet::Descriptor;
using violet::OwnedDescriptor;

bool is_inherited(int descriptor) {
  return (fcntl(descriptor, F_GETFD) & FD_CLOEXEC) == 0;
}

bool blocks(int descriptor) {
  return (fcntl(descriptor, F_GETFL) & O_NONBLOCK) == 0;
}

bool is_kept_from_signalling(int socket) {
  int value = 0;
  socklen_t size = sizeof(value);
  return getsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &value, &size) == 0 && value != 0;
}

void expect_ready_for_use(int descriptor) {
  EXPECT_FALSE(is_inherited(descriptor));
  EXPECT_FALSE(blocks(descriptor));
  EXPECT_TRUE(is_kept_from_signalling(descriptor));
}

TEST(DescriptorsInSteps, SocketsAndConnections) {
  OwnedDescriptor listener, client, accepted;
  ASSERT_EQ(0, macos::new_socket(AF_INET, SOCK_STREAM, listener));
  expect_ready_for_use(listener.get().native());
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* name = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(0, bind(listener.get().native(), name, sizeof(address)));
  ASSERT_EQ(0, listen(listener.get().native(), 1));
  EXPECT_EQ(UV_EAGAIN, macos::new_connection(listener.get(), accepted));
  EXPECT_FALSE(accepted.is_open());
  socklen_t size = sizeof(address);
  ASSERT_EQ(0, getsockname(listener.get().native(), name, &size));
  client = OwnedDescriptor(Descriptor::of(socket(AF_INET, SOCK_STREAM, 0)));
  ASSERT_EQ(0, connect(client.get().native(), name, sizeof(address)));
  ASSERT_EQ(0, macos::new_connection(listener.get(), accepted));
  expect_ready_for_use(accepted.get().native());
}

TEST(DescriptorsInSteps, ErrorsOpenNothing) {
  OwnedDescriptor opened;
  EXPECT_EQ(UV_EAFNOSUPPORT, macos::new_socket(-2, SOCK_STREAM, opened));
  EXPECT_FALSE(opened.is_open());
}

TEST(DescriptorsInSteps, Pipes) {
  for (const Blocking blocking : {Blocking::kNo, Blocking::kYes}) {
    int ends[2];
    ASSERT_EQ(0, macos::new_pipe(ends, blocking));
    for (const int end : ends) {
      EXPECT_FALSE(is_inherited(end));
      EXPECT_EQ(blocking == Blocking::kYes, blocks(end));
      close(end);
    }
  }
}

TEST(DescriptorsInSteps, WhatIsPassedIsNotInherited) {
  int ends[2];
  ASSERT_EQ(0, macos::new_socket_pair(SOCK_STREAM, 0, ends, Blocking::kYes));
  EXPECT_TRUE(blocks(ends[0]) && blocks(ends[1]));
  char byte = 'x';
  iovec vector = {&byte, 1};
  alignas(cmsghdr) char control[CMSG_SPACE(2 * sizeof(int))] = {};
  msghdr message = {};
  message.msg_iov = &vector;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(ends));
  std::memcpy(CMSG_DATA(header), ends, sizeof(ends));
  ASSERT_EQ(1, sendmsg(ends[0], &message, 0));

  ASSERT_EQ(1, macos::receive_passing(Descriptor::of(ends[1]), message));
  header = CMSG_FIRSTHDR(&message);
  ASSERT_NE(nullptr, header);
  int passed[2];
  std::memcpy(passed, CMSG_DATA(header), sizeof(passed));
  for (const int descriptor : passed) {
    EXPECT_FALSE(is_inherited(descriptor));
    close(descriptor);
  }
  EXPECT_EQ(-1, macos::receive_passing(Descriptor::of(ends[1]), message));
  EXPECT_EQ(EAGAIN, errno);
  for (const int end : ends) {
    EXPECT_FALSE(is_inherited(end));
    EXPECT_TRUE(is_kept_from_signalling(end));
    close(end);
  }
}

}  // namespace
