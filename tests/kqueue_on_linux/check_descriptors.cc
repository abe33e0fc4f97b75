// EVFILT_READ and EVFILT_WRITE: pipes, sockets, files.
#include <netinet/in.h>
#include <poll.h>

#include <string>

#include "check_support.h"

namespace check {
namespace {

using Events = std::vector<struct kevent>;

struct sockaddr_in loopback() {
  struct sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// Listens on a port of the system's choice.
void listen_on_loopback(Descriptor& listener, struct sockaddr_in& address) {
  listener.reset(socket(AF_INET, SOCK_STREAM, 0));
  address = loopback();
  socklen_t size = sizeof(address);
  ASSERT_EQ(0, bind(listener.get(), reinterpret_cast<struct sockaddr*>(&address), size));
  ASSERT_EQ(0, listen(listener.get(), 8));
  ASSERT_EQ(0, getsockname(listener.get(), reinterpret_cast<struct sockaddr*>(&address), &size));
}

void connect_to(int descriptor, const struct sockaddr_in& address) {
  ASSERT_EQ(
      0, connect(descriptor, reinterpret_cast<const struct sockaddr*>(&address), sizeof(address)));
}

// first is the accepted one.
void open_tcp_pair(Pair& pair) {
  Descriptor listener;
  struct sockaddr_in address;
  listen_on_loopback(listener, address);
  pair.second.reset(socket(AF_INET, SOCK_STREAM, 0));
  connect_to(pair.second.get(), address);
  pair.first.reset(accept(listener.get(), nullptr, nullptr));
  ASSERT_GE(pair.first.get(), 0);
}

// All, EVFILT_READ, "Fifos, Pipes": "Returns when there is data to read; data contains the number
// of bytes available."
TEST(KqueueRead, APipeTellsItsBytes) {
  Queue queue;
  Pair pipe;
  open_pipe(pipe);
  EXPECT_EQ(0, queue.change(pipe.first.get(), EVFILT_READ, EV_ADD));
  write_text(pipe.second.get(), "hello");
  const Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(5, events[0].data);
  EXPECT_EQ(0, events[0].flags & EV_EOF);
}

// All: "When the last writer disconnects, the filter will set EV_EOF in flags." What was written
// before is still there to be read.
TEST(KqueueRead, APipeEndsAfterItsBytes) {
  Queue queue;
  Pair pipe;
  open_pipe(pipe);
  EXPECT_EQ(0, queue.change(pipe.first.get(), EVFILT_READ, EV_ADD));
  write_text(pipe.second.get(), "rest");
  pipe.second.reset();
  Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_NE(0, events[0].flags & EV_EOF);
  EXPECT_EQ(4, events[0].data);
  EXPECT_EQ("rest", read_text(pipe.first.get()));
  events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_NE(0, events[0].flags & EV_EOF);
  EXPECT_EQ(0, events[0].data);
}

// All, "Sockets": "return when there is data to be read [...] data contains the number of bytes".
TEST(KqueueRead, ASocketTellsItsBytes) {
  Queue queue;
  Pair sockets;
  open_tcp_pair(sockets);
  EXPECT_EQ(0, queue.change(sockets.first.get(), EVFILT_READ, EV_ADD));
  EXPECT_TRUE(queue.now().empty());
  write_text(sockets.second.get(), "1234567");
  const Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(7, events[0].data);
  EXPECT_EQ(0, events[0].flags & EV_EOF);
}

// All: "If the read direction of the socket has shutdown, then the filter also sets EV_EOF in
// flags, and returns the socket error (if any) in fflags. It is possible for EOF to be returned
// (indicating the connection is gone) while there is still data pending in the socket buffer."
void expect_data_first_then_the_end(Pair& sockets) {
  Queue queue;
  EXPECT_EQ(0, queue.change(sockets.first.get(), EVFILT_READ, EV_ADD));
  write_text(sockets.second.get(), "rest");
  ASSERT_EQ(0, shutdown(sockets.second.get(), SHUT_WR));
  Events events;
  do {
    events = queue.wait();
    ASSERT_EQ(1u, events.size());
    EXPECT_EQ(4, events[0].data);
  } while ((events[0].flags & EV_EOF) == 0);
  EXPECT_EQ(0u, events[0].fflags);
  EXPECT_EQ("rest", read_text(sockets.first.get()));
  events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_NE(0, events[0].flags & EV_EOF);
  EXPECT_EQ(0, events[0].data);
}

TEST(KqueueRead, ATcpSocketEndsAfterItsBytes) {
  Pair sockets;
  open_tcp_pair(sockets);
  expect_data_first_then_the_end(sockets);
}

TEST(KqueueRead, AUnixSocketEndsAfterItsBytes) {
  Pair sockets;
  open_socket_pair(sockets);
  expect_data_first_then_the_end(sockets);
}

TEST(KqueueRead, AResetTellsTheError) {
  Queue queue;
  Pair sockets;
  open_tcp_pair(sockets);
  EXPECT_EQ(0, queue.change(sockets.first.get(), EVFILT_READ, EV_ADD));
  const struct linger at_once = {1, 0};
  ASSERT_EQ(0, setsockopt(sockets.second.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once)));
  sockets.second.reset();
  const Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_NE(0, events[0].flags & EV_EOF);
  EXPECT_EQ(static_cast<unsigned int>(ECONNRESET), events[0].fflags);
  // The report took nothing away.
  char byte;
  EXPECT_EQ(-1, read(sockets.first.get(), &byte, 1));
  EXPECT_EQ(ECONNRESET, errno);
}

// All: "Sockets which have previously been passed to listen() return when there is an incoming
// connection pending. data contains the size of the listen backlog."
TEST(KqueueRead, AListenerTellsItsConnections) {
  Queue queue;
  Descriptor listener;
  struct sockaddr_in address;
  listen_on_loopback(listener, address);
  EXPECT_EQ(0, queue.change(listener.get(), EVFILT_READ, EV_ADD));
  EXPECT_TRUE(queue.now().empty());
  Descriptor client(socket(AF_INET, SOCK_STREAM, 0));
  connect_to(client.get(), address);
  const Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(1, events[0].data);
  Descriptor accepted(accept(listener.get(), nullptr, nullptr));
  EXPECT_GE(accepted.get(), 0);
  EXPECT_TRUE(queue.now().empty());
}

TEST(KqueueRead, ADatagramSocketTellsOfADatagram) {
  Queue queue;
  Pair sockets;
  open_socket_pair(sockets, SOCK_DGRAM);
  EXPECT_EQ(0, queue.change(sockets.first.get(), EVFILT_READ, EV_ADD));
  EXPECT_TRUE(queue.now().empty());
  write_text(sockets.second.get(), "datagram");
  const Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_GE(events[0].data, 8);
  EXPECT_EQ("datagram", read_text(sockets.first.get()));
  EXPECT_TRUE(queue.now().empty());
}

// All, NOTE_LOWAT: a low water mark of its own "by setting the NOTE_LOWAT flag in fflags, and
// specifying the new low water mark in data".
TEST(KqueueRead, ALowWaterMarkIsWaitedFor) {
  Queue queue;
  Pair sockets;
  open_tcp_pair(sockets);
  EXPECT_EQ(0, queue.change(sockets.first.get(), EVFILT_READ, EV_ADD, NOTE_LOWAT, 5));
  write_text(sockets.second.get(), "123");
  struct pollfd polled = {sockets.first.get(), POLLIN, 0};
  ASSERT_EQ(1, poll(&polled, 1, kLongSeconds * 1000));
  EXPECT_TRUE(queue.now().empty());
  write_text(sockets.second.get(), "456");
  const Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(6, events[0].data);
}

// All, "Vnodes": "Returns when the file pointer is not at the end of file. data contains the offset
// from current position to end of file, and may be negative."
TEST(KqueueRead, AFileTellsWhatIsLeft) {
  Queue queue;
  Folder folder;
  Descriptor file(open(folder.name("file").c_str(), O_RDWR | O_CREAT, 0600));
  write_text(file.get(), "0123456789");
  EXPECT_EQ(0, queue.change(file.get(), EVFILT_READ, EV_ADD));
  EXPECT_TRUE(queue.now().empty()) << "at the end";
  Descriptor writer(open((folder.path() + "/file").c_str(), O_WRONLY | O_APPEND));
  write_text(writer.get(), "abc");
  Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(3, events[0].data);
  ASSERT_EQ(2, lseek(file.get(), 2, SEEK_SET));
  events = queue.now();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(11, events[0].data);
  ASSERT_EQ(20, lseek(file.get(), 20, SEEK_SET));
  events = queue.now();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(-7, events[0].data);
  ASSERT_EQ(13, lseek(file.get(), 13, SEEK_SET));
  EXPECT_TRUE(queue.now().empty());
}

// All, EVFILT_WRITE: "returns whenever it is possible to write to the descriptor. For sockets,
// pipes and fifos, data will contain the amount of space remaining in the write buffer."
void expect_room_until_full(Pair& pair) {
  Queue queue;
  make_nonblocking(pair.second.get());
  EXPECT_EQ(0, queue.change(pair.second.get(), EVFILT_WRITE, EV_ADD));
  Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_GT(events[0].data, 0);
  const std::string block(65536, 'x');
  while (write(pair.second.get(), block.data(), block.size()) > 0) {
  }
  while (write(pair.second.get(), block.data(), 1) > 0) {
  }
  EXPECT_TRUE(queue.now().empty());
  make_nonblocking(pair.first.get());
  while (!read_text(pair.first.get()).empty()) {
  }
  events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(0, events[0].flags & EV_EOF);
}

TEST(KqueueWrite, APipeHasRoomUntilItIsFull) {
  Pair pipe;
  open_pipe(pipe);
  expect_room_until_full(pipe);
}

TEST(KqueueWrite, ASocketHasRoomUntilItIsFull) {
  Pair sockets;
  open_socket_pair(sockets);
  expect_room_until_full(sockets);
}

// All: "The filter will set EV_EOF when the reader disconnects".
void expect_end_without_reader(Pair& ends) {
  Queue queue;
  ends.first.reset();
  EXPECT_EQ(0, queue.change(ends.second.get(), EVFILT_WRITE, EV_ADD));
  const Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_NE(0, events[0].flags & EV_EOF);
}

TEST(KqueueWrite, APipeWithoutReaderEnds) {
  Pair pipe;
  open_pipe(pipe);
  expect_end_without_reader(pipe);
}

TEST(KqueueWrite, ASocketWithoutPeerEnds) {
  Pair sockets;
  open_socket_pair(sockets);
  expect_end_without_reader(sockets);
}

// A peer that only stopped sending can still be written to.
TEST(KqueueWrite, AHalfClosedSocketHasRoom) {
  Queue queue;
  Pair sockets;
  open_tcp_pair(sockets);
  ASSERT_EQ(0, shutdown(sockets.first.get(), SHUT_WR));
  EXPECT_EQ(0, queue.change(sockets.second.get(), EVFILT_READ, EV_ADD | EV_ONESHOT));
  Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_NE(0, events[0].flags & EV_EOF);
  EXPECT_EQ(0, queue.change(sockets.second.get(), EVFILT_WRITE, EV_ADD));
  events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(0, events[0].flags & EV_EOF);
}

// A socket that is not connected cannot be written to; one that connects can once it is connected.
TEST(KqueueWrite, AConnectionIsWritableOnceItStands) {
  Queue queue;
  Descriptor listener;
  struct sockaddr_in address;
  listen_on_loopback(listener, address);
  Descriptor client(socket(AF_INET, SOCK_STREAM, 0));
  make_nonblocking(client.get());
  EXPECT_EQ(0, queue.change(client.get(), EVFILT_WRITE, EV_ADD));
  EXPECT_TRUE(queue.now().empty());
  const int result =
      connect(client.get(), reinterpret_cast<struct sockaddr*>(&address), sizeof(address));
  ASSERT_TRUE(result == 0 || errno == EINPROGRESS);
  const Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_EQ(0, events[0].flags & EV_EOF);
  int error = 0;
  socklen_t size = sizeof(error);
  ASSERT_EQ(0, getsockopt(client.get(), SOL_SOCKET, SO_ERROR, &error, &size));
  EXPECT_EQ(0, error);
}

TEST(KqueueWrite, ARefusedConnectionEndsWithItsError) {
  Queue queue;
  Descriptor listener;
  struct sockaddr_in address;
  listen_on_loopback(listener, address);
  listener.reset();
  Descriptor client(socket(AF_INET, SOCK_STREAM, 0));
  make_nonblocking(client.get());
  const int result =
      connect(client.get(), reinterpret_cast<struct sockaddr*>(&address), sizeof(address));
  if (result == -1 && errno == ECONNREFUSED) GTEST_SKIP() << "refused within connect(2)";
  ASSERT_EQ(EINPROGRESS, errno);
  EXPECT_EQ(0, queue.change(client.get(), EVFILT_WRITE, EV_ADD));
  const Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_NE(0, events[0].flags & EV_EOF);
  EXPECT_EQ(static_cast<unsigned int>(ECONNREFUSED), events[0].fflags);
  int error = 0;
  socklen_t size = sizeof(error);
  ASSERT_EQ(0, getsockopt(client.get(), SOL_SOCKET, SO_ERROR, &error, &size));
  EXPECT_EQ(ECONNREFUSED, error) << "the report took nothing away";
}

#if defined(EVFILT_EXCEPT) && defined(NOTE_OOB)
// OpenBSD, macOS, EVFILT_EXCEPT: "returns whenever one of the specified exceptional conditions has
// occurred"; NOTE_OOB: out-of-band data.
TEST(KqueueExcept, TellsOfOutOfBandData) {
  Queue queue;
  Pair sockets;
  open_tcp_pair(sockets);
  EXPECT_EQ(0, queue.change(sockets.first.get(), EVFILT_EXCEPT, EV_ADD, NOTE_OOB));
  write_text(sockets.second.get(), "in band");
  struct pollfd polled = {sockets.first.get(), POLLIN, 0};
  ASSERT_EQ(1, poll(&polled, 1, kLongSeconds * 1000));
  EXPECT_TRUE(queue.now().empty());
  ASSERT_EQ(1, send(sockets.second.get(), "!", 1, MSG_OOB));
  const Events events = queue.wait();
  ASSERT_EQ(1u, events.size());
  EXPECT_TRUE(events[0].filter == EVFILT_EXCEPT);
  EXPECT_NE(0u, events[0].fflags & NOTE_OOB);
}
#endif

}  // namespace
}  // namespace check
