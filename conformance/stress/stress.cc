// Much of everything, and afterwards descriptors and memory are as they were:
//   stress connections | descriptors | processes | copy
#include <arpa/inet.h>
#include <dirent.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

namespace {

constexpr int kSkipped = 77;

void require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::exit(1);
}

std::atomic<long> held;
void* counted(void* memory) {
  if (memory != nullptr) ++held;
  return memory;
}
void* count_malloc(size_t size) {
  return counted(std::malloc(size));
}
void* count_calloc(size_t count, size_t size) {
  return counted(std::calloc(count, size));
}
void* count_realloc(void* memory, size_t size) {
  return memory == nullptr ? count_malloc(size) : std::realloc(memory, size);
}
void count_free(void* memory) {
  if (memory != nullptr) --held;
  std::free(memory);
}

int open_descriptors() {
  int count = 0;
  DIR* folder = opendir("/proc/self/fd");
  while (readdir(folder) != nullptr)
    ++count;
  closedir(folder);
  return count;
}

uv_loop_t loop;

template <typename Handle>
uv_stream_t* stream(Handle* handle) {
  return reinterpret_cast<uv_stream_t*>(handle);
}

// --- An echo server for `expected` connections; it ends when all of them have ended. ---

uv_tcp_t server;
int expected, accepted, ended;
char shared_buffer[65536];

struct Echo {
  uv_tcp_t socket;
  uv_write_t write;
  char bytes[64];
};

void allocate(uv_handle_t*, size_t, uv_buf_t* buffer) {
  *buffer = uv_buf_init(shared_buffer, 64);
}

void on_closed(uv_handle_t* handle) {
  std::free(handle);
  if (++ended == expected) uv_close(reinterpret_cast<uv_handle_t*>(&server), nullptr);
}

void on_read(uv_stream_t* from, ssize_t count, const uv_buf_t* buffer) {
  Echo* echo = reinterpret_cast<Echo*>(from);
  if (count < 0) {
    require(count == UV_EOF, "connections end in order");
    return uv_close(reinterpret_cast<uv_handle_t*>(from), on_closed);
  }
  std::memcpy(echo->bytes, buffer->base, static_cast<size_t>(count));
  uv_buf_t bytes = uv_buf_init(echo->bytes, static_cast<unsigned>(count));
  require(uv_write(&echo->write, from, &bytes, 1,
                   [](uv_write_t*, int status) { require(status == 0, "echoes arrive"); }) == 0,
          "an echo begins");
}

void on_connection(uv_stream_t*, int status) {
  // The limit is told; the connections that wait are accepted when there is room again.
  if (status == UV_EMFILE) return;
  require(status == 0, "connections arrive");
  Echo* echo = static_cast<Echo*>(std::calloc(1, sizeof(Echo)));
  uv_tcp_init(&loop, &echo->socket);
  require(uv_accept(stream(&server), stream(&echo->socket)) == 0, "connections are accepted");
  ++accepted;
  require(uv_read_start(stream(&echo->socket), allocate, on_read) == 0, "reading begins");
}

int connect_to(int port) {
  int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bool done = connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  return done ? socket : -1;
}

void exchange(int socket) {
  char sent[32], received[32];
  std::memset(sent, 'x', sizeof(sent));
  require(write(socket, sent, sizeof(sent)) == static_cast<ssize_t>(sizeof(sent)),
          "a client writes");
  require(recv(socket, received, sizeof(received), MSG_WAITALL) ==
              static_cast<ssize_t>(sizeof(received)),
          "a client is answered");
  require(std::memcmp(sent, received, sizeof(sent)) == 0, "the echo is exact");
}

// The clients are a process of their own: they have descriptors of their own.
template <typename Client>
void serve(int connections, Client client, rlim_t limit = 0) {
  int port_pipe[2];
  require(pipe(port_pipe) == 0, "there are pipes");
  pid_t child = fork();
  if (child == 0) {
    int port = 0;
    require(read(port_pipe[0], &port, sizeof(port)) == sizeof(port), "the port is told");
    client(port);
    _exit(0);
  }
  const int before = open_descriptors();
  expected = connections;
  require(uv_loop_init(&loop) == 0, "a loop begins");
  sockaddr_in address;
  uv_ip4_addr("127.0.0.1", 0, &address);
  uv_tcp_init(&loop, &server);
  require(uv_tcp_bind(&server, reinterpret_cast<sockaddr*>(&address), 0) == 0, "bind");
  require(uv_listen(stream(&server), 4096, on_connection) == 0, "listen");
  int size = sizeof(address);
  uv_tcp_getsockname(&server, reinterpret_cast<sockaddr*>(&address), &size);
  int port = ntohs(address.sin_port);
  rlimit normal;
  getrlimit(RLIMIT_NOFILE, &normal);
  if (limit != 0) {
    const rlimit lower = {static_cast<rlim_t>(open_descriptors()) + limit, normal.rlim_max};
    setrlimit(RLIMIT_NOFILE, &lower);
  }
  require(write(port_pipe[1], &port, sizeof(port)) == sizeof(port), "the port is told");
  uv_run(&loop, UV_RUN_DEFAULT);
  setrlimit(RLIMIT_NOFILE, &normal);
  require(uv_loop_close(&loop) == 0, "the loop ends");
  int status = -1;
  waitpid(child, &status, 0);
  require(status == 0, "all clients were content");
  require(accepted == connections && ended == connections, "no connection is lost");
  require(open_descriptors() == before, "no descriptor is kept");
}

int connections() {
  constexpr int kIdle = 10000, kBusy = 1000, kRounds = 10;
  rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_max < kIdle + kBusy + 100) return kSkipped;
  serve(kIdle + kBusy, [](int port) {
    std::vector<int> sockets;
    for (int i = 0; i < kIdle + kBusy; ++i) {
      sockets.push_back(connect_to(port));
      require(sockets.back() >= 0, "a client connects");
    }
    for (int round = 0; round < kRounds; ++round) {
      for (int i = 0; i < kBusy; ++i)
        exchange(sockets[static_cast<size_t>(i * (kIdle + kBusy) / kBusy)]);
    }
    for (int socket : sockets)
      close(socket);
  });
  return 0;
}

int descriptors() {
  constexpr int kClients = 200;
  serve(
      kClients,
      [](int port) {
        std::vector<int> sockets;
        for (int i = 0; i < kClients; ++i)
          sockets.push_back(connect_to(port));
        for (int socket : sockets) {
          exchange(socket);
          close(socket);
        }
      },
      20);
  return 0;
}

int processes() {
  constexpr int kProcesses = 1000, kAtOnce = 50;
  static int started, exited;
  static uv_process_t children[kAtOnce];
  static void (*start)(uv_process_t*);
  const int before = open_descriptors();
  require(uv_loop_init(&loop) == 0, "a loop begins");
  start = [](uv_process_t* child) {
    if (started == kProcesses) return;
    ++started;
    static char file[] = "true";
    static char* arguments[] = {file, nullptr};
    uv_process_options_t options = {};
    options.file = file;
    options.args = arguments;
    options.exit_cb = [](uv_process_t* process, int64_t status, int signal) {
      require(status == 0 && signal == 0, "children end well");
      ++exited;
      uv_close(reinterpret_cast<uv_handle_t*>(process),
               [](uv_handle_t* handle) { start(reinterpret_cast<uv_process_t*>(handle)); });
    };
    require(uv_spawn(&loop, child, &options) == 0, "children start");
  };
  for (uv_process_t& child : children)
    start(&child);
  uv_run(&loop, UV_RUN_DEFAULT);
  require(uv_loop_close(&loop) == 0, "the loop ends");
  require(exited == kProcesses, "every child's end is told");
  require(waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD, "every child is reaped");
  require(open_descriptors() == before, "no descriptor is kept");
  return 0;
}

// --- 1 GiB: a thread writes numbers into one pipe, the loop copies, a thread reads from another.
// ---

constexpr std::uint64_t kWords = (std::uint64_t{1} << 30) / sizeof(std::uint64_t);
constexpr std::size_t kBlock = 65536 / sizeof(std::uint64_t);

void produce(int descriptor) {
  std::vector<std::uint64_t> block(kBlock);
  for (std::uint64_t word = 0; word < kWords; word += kBlock) {
    for (std::size_t i = 0; i < kBlock; ++i)
      block[i] = word + i;
    const char* bytes = reinterpret_cast<const char*>(block.data());
    for (std::size_t done = 0; done < kBlock * sizeof(std::uint64_t);) {
      ssize_t count = write(descriptor, bytes + done, kBlock * sizeof(std::uint64_t) - done);
      require(count > 0, "the producer writes");
      done += static_cast<std::size_t>(count);
    }
  }
  close(descriptor);
}

void consume(int descriptor) {
  std::vector<std::uint64_t> block(kBlock);
  std::size_t filled = 0;
  std::uint64_t word = 0;
  for (;;) {
    char* bytes = reinterpret_cast<char*>(block.data());
    ssize_t count = read(descriptor, bytes + filled, kBlock * sizeof(std::uint64_t) - filled);
    require(count >= 0, "the consumer reads");
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
    std::size_t words = filled / sizeof(std::uint64_t);
    for (std::size_t i = 0; i < words; ++i, ++word)
      if (block[i] != word) require(false, "every byte is where it was");
    filled -= words * sizeof(std::uint64_t);
    std::memmove(bytes, bytes + words * sizeof(std::uint64_t), filled);
  }
  require(word == kWords && filled == 0, "every byte arrives");
  close(descriptor);
}

int copy() {
  static uv_pipe_t source, target;
  static uv_write_t request;
  int in[2], out[2];
  const int before = open_descriptors();
  require(pipe(in) == 0 && pipe(out) == 0, "there are pipes");
  std::thread producer(produce, in[1]);
  std::thread consumer(consume, out[0]);
  require(uv_loop_init(&loop) == 0, "a loop begins");
  uv_pipe_init(&loop, &source, 0);
  uv_pipe_init(&loop, &target, 0);
  require(uv_pipe_open(&source, in[0]) == 0 && uv_pipe_open(&target, out[1]) == 0, "pipes open");
  static uv_read_cb read_some;
  static uv_alloc_cb allocate_all = [](uv_handle_t*, size_t, uv_buf_t* buffer) {
    *buffer = uv_buf_init(shared_buffer, sizeof(shared_buffer));
  };
  read_some = [](uv_stream_t* from, ssize_t count, const uv_buf_t* buffer) {
    if (count < 0) {
      require(count == UV_EOF, "the source ends in order");
      uv_close(reinterpret_cast<uv_handle_t*>(&source), nullptr);
      return uv_close(reinterpret_cast<uv_handle_t*>(&target), nullptr);
    }
    uv_read_stop(from);
    uv_buf_t bytes = uv_buf_init(buffer->base, static_cast<unsigned>(count));
    require(uv_write(&request, stream(&target), &bytes, 1,
                     [](uv_write_t*, int status) {
                       require(status == 0, "the copy is written");
                       uv_read_start(stream(&source), allocate_all, read_some);
                     }) == 0,
            "a write begins");
  };
  require(uv_read_start(stream(&source), allocate_all, read_some) == 0, "reading begins");
  uv_run(&loop, UV_RUN_DEFAULT);
  require(uv_loop_close(&loop) == 0, "the loop ends");
  producer.join();
  consumer.join();
  require(open_descriptors() == before, "no descriptor is kept");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  require(uv_replace_allocator(count_malloc, count_realloc, count_calloc, count_free) == 0,
          "the allocator is replaced");
  // What a process has once, whatever it does afterwards: libuv keeps the pipe of its signals.
  require(uv_loop_init(&loop) == 0 && uv_loop_close(&loop) == 0, "a first loop");
  const char* what = argc > 1 ? argv[1] : "";
  int result = 2;
  if (std::strcmp(what, "connections") == 0) result = connections();
  if (std::strcmp(what, "descriptors") == 0) result = descriptors();
  if (std::strcmp(what, "processes") == 0) result = processes();
  if (std::strcmp(what, "copy") == 0) result = copy();
  if (uv_version() >= ((1 << 16) | (38 << 8))) uv_library_shutdown();
  require(held == 0, "no memory is kept");
  return result;
}
