// The load of bench/compare_echo.py: echo_in_turns servers=NAME:PORT:PID,... connections=N bytes=N
// milliseconds=N rounds=N patience=SECONDS
// It keeps so many connections to each server open, over TCP, and turns to the next server every
// few milliseconds: what else the machine does lasts longer and hits all alike. Each round begins
// with another server, and tells of all in the order of their naming:
//     {"round": [[OPERATIONS, SECONDS OF THE SERVER'S PROCESSOR TIME, SECONDS], ...]}
// Every echo is compared with what was sent.
//
// It is on bare epoll, unlike the other loads: on a library that is measured itself, the load would
// change with it. So it is for Linux only.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include "protocol.h"

namespace {

// Messages begin at different places of a text without a pattern, so that a stale echo shows.
constexpr unsigned kOffsets = 256;
constexpr unsigned kEventsAtOnce = 1024;
// Of a turn; what the last server left in the caches is gone then.
constexpr double kWarmUp = 1.0 / 3;
constexpr useconds_t kMicrosecondsToFallAsleep = 300;

struct Connection {
  int fd;
  unsigned number;
  unsigned message;   // Which one is under way.
  unsigned sent;      // Of it.
  unsigned received;  // Of it.
};

struct Server {
  std::string name;
  std::uint16_t port;
  clockid_t clock;  // The processor time of all its threads.
  int poll;
  std::vector<Connection> connections;
};

struct Turn {
  std::uint64_t operations;
  std::uint64_t processor_nanoseconds;
  std::uint64_t nanoseconds;
};

unsigned message_size;
double patience;
std::string text;

void blame(const Server& server, void (*verdict)(const char*), const std::string& what) {
  verdict((server.name + ": " + what).c_str());
}

// -- setting up --

Server server_of(const std::string& described) {
  const std::size_t pid = described.rfind(':');
  const std::size_t port = pid == std::string::npos ? pid : described.rfind(':', pid - 1);
  if (port == std::string::npos) fail("a server is NAME:PORT:PID");
  Server server = {};
  server.name = described.substr(0, port);
  server.port = static_cast<std::uint16_t>(std::atoi(described.c_str() + port + 1));
  if (clock_getcpuclockid(std::atoi(described.c_str() + pid + 1), &server.clock) != 0) {
    blame(server, fail, "there is no such process");
  }
  server.poll = epoll_create1(0);
  return server;
}

std::vector<Server> servers_of(const std::string& list) {
  std::vector<Server> servers;
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    servers.push_back(server_of(list.substr(begin, end - begin)));
    begin = end + 1;
  }
  if (servers.empty()) fail("there is no server");
  return servers;
}

timeval patience_as_timeval() {
  const auto seconds = static_cast<time_t>(patience);
  return {seconds, static_cast<suseconds_t>((patience - static_cast<double>(seconds)) * 1e6)};
}

template <typename Value>
void set_option(int fd, int level, int name, const Value& value) {
  setsockopt(fd, level, name, &value, sizeof(value));
}

int connected_socket(const Server& server) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) blame(server, fail, std::string("no socket: ") + std::strerror(errno));
  set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  // Thousands of ports in TIME_WAIT would soon leave none for the next run.
  set_option(fd, SOL_SOCKET, SO_LINGER, linger{1, 0});
  // It holds for connect(2), too.
  set_option(fd, SOL_SOCKET, SO_SNDTIMEO, patience_as_timeval());
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(server.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    blame(server, fail, std::string("connecting: ") + std::strerror(errno));
  }
  return fd;
}

void connect_to(Server& server, unsigned connections) {
  for (unsigned number = 0; number < connections; ++number) {
    const int fd = connected_socket(server);
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.u32 = number;
    epoll_ctl(server.poll, EPOLL_CTL_ADD, fd, &event);
    server.connections.push_back({fd, number, 0, 0, 0});
  }
}

void make_text() {
  std::uint64_t state = kFirstRandomState;
  for (unsigned i = 0; i < message_size + kOffsets; ++i)
    text.push_back(static_cast<char>(next_random(&state)));
}

// -- echoes --

const char* message_of(const Connection& connection) {
  return text.data() + (connection.number * 7 + connection.message) % kOffsets;
}

// What finds no room is sent when a part of the message has come back.
void send_rest(const Server& server, Connection& connection) {
  while (connection.sent < message_size) {
    const ssize_t sent = send(connection.fd, message_of(connection) + connection.sent,
                              message_size - connection.sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EAGAIN) return;
    if (sent < 0) blame(server, fail, std::string("sending: ") + std::strerror(errno));
    connection.sent += static_cast<unsigned>(sent);
  }
}

void send_message(const Server& server, Connection& connection) {
  ++connection.message;
  connection.sent = connection.received = 0;
  send_rest(server, connection);
}

void take_echo(const Server& server, Connection& connection) {
  static char bytes[256 * 1024];
  const ssize_t got = recv(connection.fd, bytes, sizeof(bytes), MSG_DONTWAIT);
  if (got < 0 && errno == EAGAIN) return;
  if (got < 0) blame(server, fail, std::string("receiving: ") + std::strerror(errno));
  if (got == 0) blame(server, fail, "the server ended a connection");
  const auto count = static_cast<unsigned>(got);
  if (count > connection.sent - connection.received) {
    blame(server, cheats, "the echo is longer than what was sent");
  }
  if (std::memcmp(bytes, message_of(connection) + connection.received, count) != 0) {
    blame(server, cheats, "the echo has other bytes than the message");
  }
  connection.received += count;
}

unsigned await_echoes(const Server& server, epoll_event* events) {
  const int ready =
      epoll_wait(server.poll, events, kEventsAtOnce, static_cast<int>(patience * 1e3));
  if (ready < 0) blame(server, fail, std::string("waiting: ") + std::strerror(errno));
  if (ready == 0) {
    blame(server, fail, "hangs: a connection has no answer");
  }
  return static_cast<unsigned>(ready);
}

// When the time is up, every connection still gets its answer: the server is idle afterwards.
std::uint64_t echoes_within(Server& server, double nanoseconds) {
  const std::uint64_t ends = now_nanoseconds() + static_cast<std::uint64_t>(nanoseconds);
  std::uint64_t operations = 0;
  std::size_t under_way = server.connections.size();
  epoll_event events[kEventsAtOnce];
  for (Connection& connection : server.connections)
    send_message(server, connection);
  while (under_way > 0) {
    const unsigned ready = await_echoes(server, events);
    const bool time_is_left = now_nanoseconds() < ends;
    for (unsigned i = 0; i < ready; ++i) {
      Connection& connection = server.connections[events[i].data.u32];
      take_echo(server, connection);
      if (connection.received < message_size) {
        send_rest(server, connection);
        continue;
      }
      ++operations;
      if (time_is_left) {
        send_message(server, connection);
      } else {
        --under_way;
      }
    }
  }
  return operations;
}

// -- turns --

// The system adds up what a process has used when that falls asleep.
std::uint64_t processor_time_once_asleep(const Server& server) {
  usleep(kMicrosecondsToFallAsleep);
  timespec time = {};
  if (clock_gettime(server.clock, &time) != 0) blame(server, fail, "the server has ended");
  return static_cast<std::uint64_t>(time.tv_sec) * 1000000000u +
         static_cast<std::uint64_t>(time.tv_nsec);
}

Turn take_turn(Server& server, double nanoseconds) {
  echoes_within(server, nanoseconds * kWarmUp);
  const std::uint64_t processor_time_before = processor_time_once_asleep(server);
  const std::uint64_t begun = now_nanoseconds();
  Turn turn = {};
  turn.operations = echoes_within(server, nanoseconds);
  turn.nanoseconds = now_nanoseconds() - begun;
  turn.processor_nanoseconds = processor_time_once_asleep(server) - processor_time_before;
  return turn;
}

std::vector<Turn> take_turns(std::vector<Server>& servers, unsigned first, double nanoseconds) {
  std::vector<Turn> turns(servers.size());
  for (std::size_t i = 0; i < servers.size(); ++i) {
    const std::size_t next = (first + i) % servers.size();
    turns[next] = take_turn(servers[next], nanoseconds);
  }
  return turns;
}

void tell(const std::vector<Turn>& turns) {
  const char* separator = "";
  std::printf("{\"round\": [");
  for (const Turn& turn : turns) {
    std::printf("%s[%llu, %.9f, %.9f]", separator, static_cast<unsigned long long>(turn.operations),
                static_cast<double>(turn.processor_nanoseconds) * 1e-9,
                static_cast<double>(turn.nanoseconds) * 1e-9);
    separator = ", ";
  }
  std::printf("]}\n");
}

}  // namespace

int main(int argc, char** argv) {
  options_read(argc, argv);
  message_size = option_count("bytes", 64);
  patience = option_number("patience", 5);
  make_text();
  std::vector<Server> servers = servers_of(option_text("servers", ""));
  for (Server& server : servers)
    connect_to(server, option_count("connections", 1));
  const unsigned rounds = option_count("rounds", 1);
  const double nanoseconds = option_number("milliseconds", 12) * 1e6;
  std::uint64_t operations = 0;
  await_go();
  take_turns(servers, 0, nanoseconds);  // The first times of all are not told.
  for (unsigned round = 0; round < rounds; ++round) {
    const std::vector<Turn> turns = take_turns(servers, round, nanoseconds);
    for (const Turn& turn : turns)
      operations += turn.operations;
    tell(turns);
  }
  finish(operations, nanoseconds_since_go(), "");
  return 0;
}
