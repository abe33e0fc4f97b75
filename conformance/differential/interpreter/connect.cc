// Connecting: pairs that are ready to use, and listening, connecting and accepting one by one.

#include "pipes.h"
#include "stream.h"

namespace differential {
namespace {

constexpr int kBacklog = 16;

struct Listener : Handle {
  using Handle::Handle;
  bool awaits() const override { return Handle::awaits() || (is_open() && expected > 0); }

  std::string path;  // Of a pipe.
  int expected = 0;  // Connections that are made and not reported.
  std::string accepting;
};

struct Connecting : Request {
  using Request::Request;
  Stream* stream = nullptr;
  Listener* listener = nullptr;
};

int init(Machine& machine, Handle& handle, bool tcp) {
  return tcp ? uv_tcp_init(&machine.loop, &handle.memory.tcp)
             : uv_pipe_init(&machine.loop, &handle.memory.pipe, 0);
}

void connection(uv_stream_t* uv_stream, int status) {
  Listener& listener = object_of<Listener>(uv_stream);
  if (!listener.is_open()) Event("unasked").add("o", listener.name).add("k", "connection");
  --listener.expected;
  callback(listener, "connection", status);
}

int loopback(sockaddr_in& address, int port) {
  return uv_ip4_addr("127.0.0.1", port, &address);
}

// Listens on a port that the system chose, or on a path of its own in the program's folder.
int bind_and_listen(Listener& listener, bool tcp) {
  int result;
  if (tcp) {
    sockaddr_in address;
    loopback(address, 0);
    result = uv_tcp_bind(&listener.memory.tcp, reinterpret_cast<sockaddr*>(&address), 0);
  } else {
    static int number = 0;
    listener.path =
        pipe_name(listener.machine.folder + "/" + listener.name + std::to_string(number++));
    result = uv_pipe_bind(&listener.memory.pipe, listener.path.c_str());
  }
  if (result != 0) return result;
  return listener.machine.call(
      "uv_listen", [&] { return uv_listen(&listener.memory.stream, kBacklog, connection); });
}

void listen(Machine& machine, const Op& op) {
  Listener* listener = machine.obtain_unused<Listener>(op.word(0));
  if (listener == nullptr) return trace_skip(op);
  bool tcp = op.word(1) == "tcp";
  int result = init(machine, *listener, tcp);
  initialized(*listener, op, result);
  if (result == 0) trace_result(op, bind_and_listen(*listener, tcp));
}

void connected(uv_connect_t* request, int status) {
  Connecting& connecting = object_of<Connecting>(request);
  request_callback(connecting, "connect", status);
}

void begin_connecting(Connecting& connecting, const Listener& listener) {
  Stream& stream = *connecting.stream;
  connecting.memory.connect.data = static_cast<Object*>(&connecting);
  connecting.pending = true;
  Machine& machine = connecting.machine;
  int result = machine.call("connect", [&] {
    if (listener.memory.handle.type == UV_TCP) {
      sockaddr_in address;
      int length = sizeof(address);
      sockaddr* generic = reinterpret_cast<sockaddr*>(&address);
      uv_tcp_getsockname(&listener.memory.tcp, generic, &length);
      return uv_tcp_connect(&connecting.memory.connect, &stream.memory.tcp, generic, connected);
    }
    uv_pipe_connect(&connecting.memory.connect, &stream.memory.pipe, listener.path.c_str(),
                    connected);
    return 0;
  });
  if (result != 0) connecting.pending = false;
  Event("connecting").add("o", connecting.name).add("r", result);
}

// connect REQUEST STREAM LISTENER
void connect(Machine& machine, const Op& op) {
  Listener* listener = machine.find_open<Listener>(op.word(2));
  Stream* stream = machine.obtain_unused<Stream>(op.word(1));
  if (listener == nullptr || stream == nullptr) return trace_skip(op);
  auto* request = machine.new_request<Connecting>(op.word(0));
  if (request == nullptr) return trace_skip(op);
  reset_stream(*stream);
  int result = init(machine, *stream, listener->memory.handle.type == UV_TCP);
  initialized(*stream, op, result);
  if (result != 0) return;
  request->stream = stream;
  request->listener = listener;
  begin_connecting(*request, *listener);
}

// accept LISTENER STREAM [CLIENT]: the accepted stream, and the one at its other end if it is
// known which.
void accept(Machine& machine, const Op& op) {
  Listener* listener = machine.find_open<Listener>(op.word(0));
  Stream* stream = machine.obtain_unused<Stream>(op.word(1));
  if (listener == nullptr || stream == nullptr) return trace_skip(op);
  reset_stream(*stream);
  int result = init(machine, *stream, listener->memory.handle.type == UV_TCP);
  initialized(*stream, op, result);
  if (result != 0) return;
  trace_result(op, machine.call("uv_accept", [&] {
    return uv_accept(&listener->memory.stream, &stream->memory.stream);
  }));
  Stream* client = machine.find_open<Stream>(op.word(2));
  if (client != nullptr && client->peer == nullptr) connect_streams(*stream, *client);
}

int open_pair(Stream& one, Stream& other, bool tcp) {
  uv_os_sock_t sockets[2];
  int result = uv_socketpair(SOCK_STREAM, 0, sockets, UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE);
  if (result != 0) return result;
  Stream* streams[2] = {&one, &other};
  for (int i = 0; i < 2 && result == 0; ++i) {
    result = tcp ? uv_tcp_open(&streams[i]->memory.tcp, sockets[i])
                 : uv_pipe_open(&streams[i]->memory.pipe, sockets[i]);
  }
  return result;
}

void pair_connected(uv_connect_t* request, int status) {
  *static_cast<int*>(request->data) = status;
}

struct Meeting {
  Stream* accepted;
  int result;
};

void pair_accepted(uv_stream_t* server, int status) {
  Meeting& meeting = *static_cast<Meeting*>(server->data);
  meeting.result = status != 0 ? status : uv_accept(server, &meeting.accepted->memory.stream);
}

// Connects two streams through a listening one, which is gone afterwards. Runs the loop.
int meet(Machine& machine, Stream& one, Stream& other, bool tcp, const Op& op) {
  Listener server(machine, "server");
  server.internal = true;
  Meeting meeting{&other, 1};
  int result = init(machine, server, tcp);
  if (result != 0) return result;
  server.state = HandleState::kOpen;
  sockaddr_in address;
  sockaddr* generic = reinterpret_cast<sockaddr*>(&address);
  const std::string path = pipe_name(machine.folder + "/pair" + std::to_string(op.line));
  loopback(address, 0);
  result = tcp ? uv_tcp_bind(&server.memory.tcp, generic, 0)
               : uv_pipe_bind(&server.memory.pipe, path.c_str());
  if (result == 0) result = uv_listen(&server.memory.stream, 1, pair_accepted);
  uv_connect_t request;
  int connect_result = 1;
  request.data = &connect_result;
  server.memory.handle.data = &meeting;
  if (result == 0 && tcp) {
    int length = sizeof(address);
    uv_tcp_getsockname(&server.memory.tcp, generic, &length);
    result = uv_tcp_connect(&request, &one.memory.tcp, generic, pair_connected);
  } else if (result == 0) {
    uv_pipe_connect(&request, &one.memory.pipe, path.c_str(), pair_connected);
  }
  while (result == 0 && (connect_result == 1 || meeting.result == 1))
    uv_run(&machine.loop, UV_RUN_ONCE);
  server.memory.handle.data = static_cast<Object*>(&server);
  close_handle(server);
  while (server.state != HandleState::kClosed)
    uv_run(&machine.loop, UV_RUN_NOWAIT);
  if (result == 0) result = connect_result;
  return result == 0 ? meeting.result : result;
}

// pair ONE OTHER tcp|pipe|named|opened: two connected streams; "opened" (TCP handles) are a socket
// pair, and so are "pipe" where sockets can be pipes.
void pair(Machine& machine, const Op& op) {
  if (machine.running) return trace_skip(op);
  Stream* one = machine.obtain_unused<Stream>(op.word(0));
  Stream* other = machine.obtain_unused<Stream>(op.word(1));
  if (one == nullptr || other == nullptr || one == other) return trace_skip(op);
  const std::string& kind = op.word(2);
  const bool tcp = kind == "tcp" || kind == "opened";
  const bool is_socket_pair = kind == "opened" || (kind == "pipe" && kSocketsArePipes);
  for (Stream* stream : {one, other}) {
    reset_stream(*stream);
    initialized(*stream, op, init(machine, *stream, tcp));
  }
  connect_streams(*one, *other);
  machine.running = true;
  trace_result(
      op, is_socket_pair ? open_pair(*one, *other, tcp) : meet(machine, *one, *other, tcp, op));
  machine.running = false;
}

}  // namespace

void add_connect_operations(Operations& operations) {
  operations["listen"] = listen;
  operations["connect"] = connect;
  operations["accept"] = accept;
  operations["pair"] = pair;
}

}  // namespace differential
