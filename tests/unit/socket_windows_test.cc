// Sockets on Windows, below the engine.
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "os/datagram.h"
#include "os/open_files.h"
#include "os/socket.h"
#include "os/socket_io.h"
#include "uv.h"

namespace violet {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address;
  EXPECT_EQ(0, uv_ip4_addr("127.0.0.1", port, &address));
  return address;
}

const sockaddr* generic(const sockaddr_in& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

uv_buf_t buffer_of(std::string& text) {
  return uv_buf_init(text.data(), static_cast<unsigned>(text.size()));
}

sockaddr_in name_of(Descriptor socket) {
  sockaddr_in name = {};
  int size = sizeof(name);
  EXPECT_EQ(0, socket_name(socket, reinterpret_cast<sockaddr*>(&name), &size));
  EXPECT_EQ(static_cast<int>(sizeof(name)), size);
  return name;
}

bool is_inherited(Descriptor socket) {
  DWORD flags = 0;
  EXPECT_TRUE(GetHandleInformation(system_handle(socket), &flags));
  return (flags & HANDLE_FLAG_INHERIT) != 0;
}

// Repeats a call that does not block until it has an answer.
template <typename Call>
auto until_answered(Call call) {
  auto result = call();
  for (int i = 0; i < 2000 && result == UV_EAGAIN; ++i) {
    Sleep(1);
    result = call();
  }
  return result;
}

TEST(Socket, ConnectsSendsAndReceives) {
  OwnedDescriptor server, client, accepted;
  ASSERT_EQ(0, open_stream_socket(AF_INET, server));
  ASSERT_EQ(0, bind_internet_socket(server.get(), generic(loopback(0)), sizeof(sockaddr_in), false,
                                    false));
  ASSERT_EQ(0, listen_on_socket(server.get(), 8));
  EXPECT_EQ(UV_EAGAIN, accept_connection(server.get(), accepted)) << "it does not block";
  ASSERT_EQ(0, open_stream_socket(AF_INET, client));
  const sockaddr_in address = name_of(server.get());
  const int result = connect_socket(client.get(), generic(address), sizeof(address));
  EXPECT_TRUE(result == 0 || result == kConnectUnderWay) << result;
  ASSERT_EQ(0, wait_until_writable(client.get()));
  EXPECT_EQ(0, socket_error(client.get()));
  ASSERT_EQ(0, until_answered([&] { return accept_connection(server.get(), accepted); }));
  for (Descriptor socket : {server.get(), client.get(), accepted.get()}) {
    EXPECT_TRUE(is_socket(socket));
    EXPECT_FALSE(is_inherited(socket));
    EXPECT_EQ(UV_TCP, guess_handle(socket));
  }
  std::string first = "some ", second = "text", room(100, '\0');
  const uv_buf_t both[] = {buffer_of(first), buffer_of(second)};
  EXPECT_EQ(9, write_some(client.get(), true, both, 2, kNoDescriptor));
  EXPECT_EQ(9, until_answered([&] { return read_some(accepted.get(), true, buffer_of(room)); }));
  EXPECT_STREQ("some text", room.c_str());
  EXPECT_EQ(UV_EAGAIN, read_some(accepted.get(), true, buffer_of(room)));
  sockaddr_in peer = {};
  int size = sizeof(peer);
  EXPECT_EQ(0, peer_name(accepted.get(), reinterpret_cast<sockaddr*>(&peer), &size));
  EXPECT_EQ(name_of(client.get()).sin_port, peer.sin_port);
  EXPECT_EQ(0, shut_down_writing(client.get()));
  EXPECT_EQ(0, until_answered([&] { return read_some(accepted.get(), true, buffer_of(room)); }));
}

TEST(Socket, ARefusedConnectionIsAnError) {
  OwnedDescriptor free_port, client;
  ASSERT_EQ(0, open_stream_socket(AF_INET, free_port));
  ASSERT_EQ(0, bind_internet_socket(free_port.get(), generic(loopback(0)), sizeof(sockaddr_in),
                                    false, false));
  const sockaddr_in nobody = name_of(free_port.get());
  ASSERT_EQ(0, open_stream_socket(AF_INET, client));
  EXPECT_EQ(UV_EINVAL, bind_internet_socket(client.get(), generic(loopback(0)), 1, false, false));
  const int result = connect_socket(client.get(), generic(nobody), sizeof(nobody));
  EXPECT_TRUE(result == kConnectUnderWay || result == UV_ECONNREFUSED) << result;
}

TEST(Socket, AddressesInUseAreRefusedAndPortsNotShared) {
  OwnedDescriptor first, second;
  ASSERT_EQ(0, open_stream_socket(AF_INET, first));
  ASSERT_EQ(0, open_stream_socket(AF_INET, second));
  EXPECT_EQ(UV_ENOTSUP, bind_internet_socket(first.get(), generic(loopback(0)), sizeof(sockaddr_in),
                                             false, true));
  ASSERT_EQ(0, bind_internet_socket(first.get(), generic(loopback(0)), sizeof(sockaddr_in), false,
                                    false));
  ASSERT_EQ(0, listen_on_socket(first.get(), 1));
  const sockaddr_in taken = name_of(first.get());
  EXPECT_EQ(UV_EADDRINUSE,
            bind_internet_socket(second.get(), generic(taken), sizeof(taken), false, false));
}

TEST(Socket, OptionsReachTheSocket) {
  OwnedDescriptor socket;
  ASSERT_EQ(0, open_stream_socket(AF_INET, socket));
  EXPECT_EQ(0, set_no_delay(socket.get(), true));
  BOOL value = FALSE;
  int size = sizeof(value);
  getsockopt(socket.get().native(), IPPROTO_TCP, TCP_NODELAY, reinterpret_cast<char*>(&value),
             &size);
  EXPECT_TRUE(value);
  const KeepAlive options = {60, 1, 3};
  EXPECT_EQ(0, set_keep_alive(socket.get(), &options));
  size = sizeof(value);
  getsockopt(socket.get().native(), SOL_SOCKET, SO_KEEPALIVE, reinterpret_cast<char*>(&value),
             &size);
  EXPECT_TRUE(value);
  EXPECT_EQ(0, set_keep_alive(socket.get(), nullptr));
  int bytes = 32 * 1024;
  EXPECT_EQ(0, socket_buffer_size(socket.get(), SocketBuffer::kReceive, &bytes));
  bytes = 0;
  EXPECT_EQ(0, socket_buffer_size(socket.get(), SocketBuffer::kReceive, &bytes));
  EXPECT_GE(bytes, 32 * 1024);
  EXPECT_EQ(0, make_close_reset(socket.get()));
}

TEST(Socket, ACopyIsAnotherNameOfTheSame) {
  OwnedDescriptor ends[2], copy;
  ASSERT_EQ(0, create_socket_pair(SOCK_STREAM, 0, ends, 0, 0));
  ASSERT_EQ(0, duplicate_descriptor(ends[0].get(), copy));
  EXPECT_FALSE(copy.get() == ends[0].get());
  EXPECT_FALSE(is_inherited(copy.get()));
  ends[0].close();
  std::string text = "x", room(10, '\0');
  const uv_buf_t buffer = buffer_of(text);
  EXPECT_EQ(1, write_some(copy.get(), true, &buffer, 1, kNoDescriptor));
  EXPECT_EQ(1, read_some(ends[1].get(), true, buffer_of(room)));
  copy.close();
  EXPECT_EQ(0, read_some(ends[1].get(), true, buffer_of(room))) << "the last name was closed";
}

TEST(Socket, OtherHandlesAreClosedAndCopiedToo) {
  HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  OwnedDescriptor owner(Descriptor::of(reinterpret_cast<Descriptor::Native>(event)));
  OwnedDescriptor copy;
  EXPECT_FALSE(is_socket(owner.get()));
  ASSERT_EQ(0, duplicate_descriptor(owner.get(), copy));
  owner.close();
  DWORD flags = 0;
  EXPECT_FALSE(GetHandleInformation(event, &flags));
  EXPECT_TRUE(SetEvent(system_handle(copy.get())));
}

TEST(Datagrams, SendAndReceive) {
  OwnedDescriptor sender, receiver;
  ASSERT_EQ(0, open_datagram_socket(AF_INET, sender));
  ASSERT_EQ(0, open_datagram_socket(AF_INET, receiver));
  ASSERT_EQ(0, bind_datagram_socket(receiver.get(), generic(loopback(0)), 0));
  const sockaddr_in address = name_of(receiver.get());
  std::string text = "datagram", room(100, '\0');
  const uv_buf_t buffer = buffer_of(text);
  ReceivedDatagram received;
  EXPECT_EQ(UV_EAGAIN, receive_one(receiver.get(), buffer_of(room), received));
  EXPECT_EQ(8, send_one(sender.get(), {&buffer, 1, generic(address)}));
  ASSERT_EQ(0,
            until_answered([&] { return receive_one(receiver.get(), buffer_of(room), received); }));
  EXPECT_EQ(8u, received.size);
  EXPECT_FALSE(received.cut);
  EXPECT_EQ(AF_INET, received.sender()->sa_family);
  EXPECT_EQ(text, room.substr(0, 8));
  // One that is longer than the room.
  const OutgoingDatagram several[] = {{&buffer, 1, generic(address)},
                                      {&buffer, 1, generic(address)}};
  EXPECT_EQ(2, send_several(sender.get(), several, 2));
  room.resize(3);
  ASSERT_EQ(0,
            until_answered([&] { return receive_one(receiver.get(), buffer_of(room), received); }));
  EXPECT_EQ(3u, received.size);
  EXPECT_TRUE(received.cut);
  EXPECT_EQ("dat", room);
}

TEST(Datagrams, ConnectAndOptions) {
  OwnedDescriptor sender, receiver;
  ASSERT_EQ(0, open_datagram_socket(AF_INET, sender));
  ASSERT_EQ(0, open_datagram_socket(AF_INET, receiver));
  ASSERT_EQ(0, bind_datagram_socket(receiver.get(), generic(loopback(0)), 0));
  EXPECT_EQ(0, is_connected(sender.get()));
  const sockaddr_in address = name_of(receiver.get());
  ASSERT_EQ(0, connect_datagram_socket(sender.get(), generic(address)));
  EXPECT_EQ(1, is_connected(sender.get()));
  EXPECT_EQ(UV_ENOTSUP, bind_to_any(receiver.get(), AF_INET, UV_UDP_REUSEPORT));
  EXPECT_EQ(UV_EINVAL, bind_to_any(receiver.get(), AF_INET, UV_UDP_IPV6ONLY));
  EXPECT_EQ(0, set_broadcast(receiver.get(), true));
  EXPECT_EQ(0, set_unicast_ttl(receiver.get(), 3));
  EXPECT_EQ(0, set_multicast_ttl(receiver.get(), 4));
  EXPECT_EQ(0, set_multicast_loop(receiver.get(), 1));
  EXPECT_EQ(UV_EINVAL, set_multicast_loop(receiver.get(), 256));
  EXPECT_EQ(0, set_multicast_interface(receiver.get(), "127.0.0.1"));
  EXPECT_EQ(UV_EINVAL, set_multicast_interface(receiver.get(), "no address"));
  EXPECT_EQ(AF_INET, group_family("239.255.0.1"));
  EXPECT_EQ(AF_INET6, group_family("ff02::1"));
  EXPECT_EQ(UV_EINVAL, group_family("x"));
  EXPECT_EQ(UV_EINVAL, change_membership(receiver.get(), "x", nullptr, true));
}

}  // namespace
}  // namespace violet
