// Invalid arguments, and calls at the wrong time: each returns its error and changes nothing. One
// row a call; the codes are those of the installed libuv 1.44.2, but for rows with a version.
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <climits>
#include <ostream>

#include <local_pair.h>

#include "loop_fixture.h"
#include "platform.h"
#include "stream_support.h"
#include "support.h"

namespace conformance {
namespace {

char byte = 'x';
const uv_buf_t kBuffer = uv_buf_init(&byte, 1);

// Handles of one row, all of the loop, none open.
struct Bench {
  uv_loop_t* loop;
  uv_tcp_t tcp, other_tcp;
  uv_pipe_t pipe, other_pipe;
  uv_udp_t udp;
  uv_timer_t timer;
  uv_idle_t idle;
  uv_signal_t signal;
  uv_poll_t poll;
  uv_fs_event_t event;
  uv_fs_poll_t watch;
  uv_write_t write;
  uv_connect_t connect;
  uv_shutdown_t shutdown;
  uv_udp_send_t send;
  sockaddr_in any, named;
  sockaddr strange;
  uv_file descriptors[2];

  explicit Bench(uv_loop_t* given) : loop(given) {
    uv_tcp_init(loop, &tcp);
    uv_tcp_init(loop, &other_tcp);
    uv_pipe_init(loop, &pipe, 0);
    uv_pipe_init(loop, &other_pipe, 0);
    uv_udp_init(loop, &udp);
    uv_timer_init(loop, &timer);
    uv_idle_init(loop, &idle);
    uv_signal_init(loop, &signal);
    uv_fs_event_init(loop, &event);
    uv_fs_poll_init(loop, &watch);
    any = loopback(0);
    named = loopback(9);
    strange = {};
    strange.sa_family = 255;
    EXPECT_EQ(0, test_support::open_local_pair(descriptors));
  }
  ~Bench() { ::close(descriptors[1]); }

  void open() { EXPECT_EQ(0, uv_pipe_open(&pipe, descriptors[0])); }
  void bind_udp() { EXPECT_EQ(0, uv_udp_bind(&udp, generic(any), 0)); }
  void connect_udp() { EXPECT_EQ(0, uv_udp_connect(&udp, generic(named))); }
  template <typename Handle>
  void close(Handle& handle) {
    uv_close(reinterpret_cast<uv_handle_t*>(&handle), nullptr);
  }
};

void on_connection(uv_stream_t*, int) {}
void on_write(uv_write_t*, int) {}
void on_connect(uv_connect_t*, int) {}
void on_shutdown(uv_shutdown_t*, int) {}
void on_send(uv_udp_send_t*, int) {}
void on_read(uv_stream_t*, ssize_t, const uv_buf_t*) {}
void on_datagram(uv_udp_t*, ssize_t, const uv_buf_t*, const sockaddr*, unsigned) {}
void on_event(uv_fs_event_t*, const char*, int, int) {}
void on_change(uv_fs_poll_t*, int, const uv_stat_t*, const uv_stat_t*) {}

struct Row {
  const char* name;
  int expected;
  int (*call)(Bench&);
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

int name_of(int (*function)(const uv_tcp_t*, sockaddr*, int*), const uv_tcp_t& tcp) {
  sockaddr_storage name;
  int size = sizeof(name);
  return function(&tcp, reinterpret_cast<sockaddr*>(&name), &size);
}

const Row kStreamRows[] = {
    {"tcp_init_flags", UV_EINVAL,
     [](Bench& on) {
       uv_tcp_t tcp;
       return uv_tcp_init_ex(on.loop, &tcp, 0x10000);
     }},
    {"tcp_init_family", UV_EINVAL,
     [](Bench& on) {
       uv_tcp_t tcp;
       return uv_tcp_init_ex(on.loop, &tcp, 200);
     }},
    {"tcp_open_nothing", kNoSuchSocket, [](Bench& on) { return uv_tcp_open(&on.tcp, 9999); }},
    {"tcp_bind_family", UV_EINVAL, [](Bench& on) { return uv_tcp_bind(&on.tcp, &on.strange, 0); }},
    {"tcp_bind_twice", UV_EINVAL,
     [](Bench& on) {
       uv_tcp_bind(&on.tcp, generic(on.any), 0);
       return uv_tcp_bind(&on.tcp, generic(on.any), 0);
     }},
    {"tcp_bind_closing", UV_EINVAL,
     [](Bench& on) {
       on.close(on.tcp);
       return uv_tcp_bind(&on.tcp, generic(on.any), 0);
     }},
    {"tcp_connect_family", UV_EINVAL,
     [](Bench& on) { return uv_tcp_connect(&on.connect, &on.tcp, &on.strange, on_connect); }},
    {"tcp_connect_twice", UV_EALREADY,
     [](Bench& on) {
       static uv_connect_t first;
       uv_tcp_connect(&first, &on.tcp, generic(on.named), on_connect);
       return uv_tcp_connect(&on.connect, &on.tcp, generic(on.named), on_connect);
     }},
    {"tcp_sockname_unopened", UV_EBADF,
     [](Bench& on) { return name_of(uv_tcp_getsockname, on.tcp); }},
    {"tcp_peername_unopened", UV_EBADF,
     [](Bench& on) { return name_of(uv_tcp_getpeername, on.tcp); }},
    {"tcp_peername_unconnected", UV_ENOTCONN,
     [](Bench& on) {
       uv_tcp_bind(&on.tcp, generic(on.any), 0);
       return name_of(uv_tcp_getpeername, on.tcp);
     }},
    {"listen_closing", UV_EINVAL,
     [](Bench& on) {
       on.close(on.tcp);
       return uv_listen(stream(on.tcp), 1, on_connection);
     }},
    {"listen_pipe_unbound", UV_EINVAL,
     [](Bench& on) { return uv_listen(stream(on.pipe), 1, on_connection); }},
    {"accept_nothing", UV_EAGAIN,
     [](Bench& on) { return uv_accept(stream(on.tcp), stream(on.other_tcp)); }},
    {"read_without_alloc", UV_EINVAL,
     [](Bench& on) {
       on.open();
       return uv_read_start(stream(on.pipe), nullptr, on_read);
     }},
    {"read_without_callback", UV_EINVAL,
     [](Bench& on) {
       on.open();
       return uv_read_start(stream(on.pipe), allocate_suggested, nullptr);
     }},
    {"read_unopened", UV_ENOTCONN,
     [](Bench& on) { return uv_read_start(stream(on.tcp), allocate_suggested, on_read); }},
    {"read_closing", UV_EINVAL,
     [](Bench& on) {
       on.open();
       on.close(on.pipe);
       return uv_read_start(stream(on.pipe), allocate_suggested, on_read);
     }},
    {"read_twice", UV_EALREADY,
     [](Bench& on) {
       on.open();
       uv_read_start(stream(on.pipe), allocate_suggested, on_read);
       return uv_read_start(stream(on.pipe), allocate_suggested, on_read);
     }},
    {"read_stop_unopened", 0, [](Bench& on) { return uv_read_stop(stream(on.tcp)); }},
    {"write_unopened", UV_EBADF,
     [](Bench& on) { return uv_write(&on.write, stream(on.tcp), &kBuffer, 1, on_write); }},
    {"write2_without_ipc", UV_EINVAL,
     [](Bench& on) {
       on.open();
       return uv_write2(&on.write, stream(on.pipe), &kBuffer, 1, stream(on.pipe), on_write);
     }},
    {"try_write_unopened", UV_EBADF,
     [](Bench& on) { return uv_try_write(stream(on.tcp), &kBuffer, 1); }},
    {"shutdown_unconnected", UV_ENOTCONN,
     [](Bench& on) { return uv_shutdown(&on.shutdown, stream(on.tcp), on_shutdown); }},
    {"shutdown_twice", UV_ENOTCONN,
     [](Bench& on) {
       static uv_shutdown_t first;
       on.open();
       uv_shutdown(&first, stream(on.pipe), on_shutdown);
       return uv_shutdown(&on.shutdown, stream(on.pipe), on_shutdown);
     }},
    {"write_after_shutdown", UV_EPIPE,
     [](Bench& on) {
       on.open();
       uv_shutdown(&on.shutdown, stream(on.pipe), on_shutdown);
       return uv_write(&on.write, stream(on.pipe), &kBuffer, 1, on_write);
     }},
    {"pipe_open_nothing", UV_EBADF, [](Bench& on) { return uv_pipe_open(&on.pipe, 9999); }},
    {"pipe_bind_twice", UV_EINVAL,
     [](Bench& on) {
       const test_support::LocalName name;
       uv_pipe_bind(&on.pipe, name.get().c_str());
       return uv_pipe_bind(&on.pipe, name.get().c_str());
     }},
    {"pipe_bind_nowhere", UV_EACCES,
     [](Bench& on) { return uv_pipe_bind(&on.pipe, "/violet/no/such/folder"); }},
    {"pipe_chmod_mode", UV_EINVAL,
     [](Bench& on) {
       on.open();
       return uv_pipe_chmod(&on.pipe, 0);
     }},
    {"pipe_chmod_unbound", UV_EBADF,
     [](Bench& on) { return uv_pipe_chmod(&on.pipe, UV_READABLE); }},
    {"pipe_pending_without_ipc", 0, [](Bench& on) { return uv_pipe_pending_count(&on.pipe); }},
    {"pipe_sockname_unopened", UV_EBADF,
     [](Bench& on) {
       char name[100];
       size_t size = sizeof(name);
       return uv_pipe_getsockname(&on.pipe, name, &size);
     }},
};

const Row kUdpRows[] = {
    {"open_nothing", kNoSuchSocket, [](Bench& on) { return uv_udp_open(&on.udp, 9999); }},
    {"init_flags", UV_EINVAL,
     [](Bench& on) {
       uv_udp_t udp;
       return uv_udp_init_ex(on.loop, &udp, 0x10000);
     }},
    {"bind_family", UV_EINVAL, [](Bench& on) { return uv_udp_bind(&on.udp, &on.strange, 0); }},
    {"bind_flags", UV_EINVAL,
     [](Bench& on) { return uv_udp_bind(&on.udp, generic(on.any), 0x8000); }},
    {"connect_twice", UV_EISCONN,
     [](Bench& on) {
       on.connect_udp();
       return uv_udp_connect(&on.udp, generic(on.named));
     }},
    {"disconnect_unconnected", UV_ENOTCONN,
     [](Bench& on) {
       on.bind_udp();
       return uv_udp_connect(&on.udp, nullptr);
     }},
    {"send_to_nobody", UV_EDESTADDRREQ,
     [](Bench& on) { return uv_udp_send(&on.send, &on.udp, &kBuffer, 1, nullptr, on_send); }},
    {"send_connected_to_other", UV_EISCONN,
     [](Bench& on) {
       on.connect_udp();
       return uv_udp_send(&on.send, &on.udp, &kBuffer, 1, generic(on.named), on_send);
     }},
    {"try_send_to_nobody", UV_EDESTADDRREQ,
     [](Bench& on) { return uv_udp_try_send(&on.udp, &kBuffer, 1, nullptr); }},
    {"receive_without_callback", UV_EINVAL,
     [](Bench& on) { return uv_udp_recv_start(&on.udp, allocate_suggested, nullptr); }},
    {"receive_without_alloc", UV_EINVAL,
     [](Bench& on) { return uv_udp_recv_start(&on.udp, nullptr, on_datagram); }},
    {"receive_twice", UV_EALREADY,
     [](Bench& on) {
       uv_udp_recv_start(&on.udp, allocate_suggested, on_datagram);
       return uv_udp_recv_start(&on.udp, allocate_suggested, on_datagram);
     }},
    {"receive_stop_unstarted", 0, [](Bench& on) { return uv_udp_recv_stop(&on.udp); }},
    {"ttl_too_small", UV_EINVAL,
     [](Bench& on) {
       on.bind_udp();
       return uv_udp_set_ttl(&on.udp, 0);
     }},
    {"ttl_too_large", UV_EINVAL,
     [](Bench& on) {
       on.bind_udp();
       return uv_udp_set_ttl(&on.udp, 256);
     }},
    {"broadcast_unopened", UV_EBADF, [](Bench& on) { return uv_udp_set_broadcast(&on.udp, 1); }},
    {"membership_of_nonsense", UV_EINVAL,
     [](Bench& on) {
       on.bind_udp();
       return uv_udp_set_membership(&on.udp, "nonsense", nullptr, UV_JOIN_GROUP);
     }},
    {"multicast_interface_of_nonsense", UV_EINVAL,
     [](Bench& on) {
       on.bind_udp();
       return uv_udp_set_multicast_interface(&on.udp, "nonsense");
     }},
};

const Row kOtherRows[] = {
    {"timer_without_callback", UV_EINVAL,
     [](Bench& on) { return uv_timer_start(&on.timer, nullptr, 0, 0); }},
    {"timer_closing", UV_EINVAL,
     [](Bench& on) {
       on.close(on.timer);
       return uv_timer_start(
           &on.timer, [](uv_timer_t*) {}, 0, 0);
     }},
    {"timer_again_never_started", UV_EINVAL, [](Bench& on) { return uv_timer_again(&on.timer); }},
    {"idle_without_callback", UV_EINVAL,
     [](Bench& on) { return uv_idle_start(&on.idle, nullptr); }},
    {"signal_zero", UV_EINVAL,
     [](Bench& on) {
       return uv_signal_start(
           &on.signal, [](uv_signal_t*, int) {}, 0);
     }},
    {"signal_that_cannot_be_caught", kWatchedKill,
     [](Bench& on) {
       return uv_signal_start(
           &on.signal, [](uv_signal_t*, int) {}, SIGKILL);
     }},
    {"signal_unknown", UV_EINVAL,
     [](Bench& on) {
       return uv_signal_start(
           &on.signal, [](uv_signal_t*, int) {}, 1000);
     }},
    {"poll_of_nothing", kNoSuchSocket,
     [](Bench& on) { return uv_poll_init(on.loop, &on.poll, 9999); }},
    {"fs_event_of_nothing", UV_ENOENT,
     [](Bench& on) { return uv_fs_event_start(&on.event, on_event, "/violet/nothing", 0); }},
    {"fs_event_twice", UV_EINVAL,
     [](Bench& on) {
       uv_fs_event_start(&on.event, on_event, "/", 0);
       return uv_fs_event_start(&on.event, on_event, "/", 0);
     }},
    {"fs_event_path_unstarted", UV_EINVAL,
     [](Bench& on) {
       char path[10];
       size_t size = sizeof(path);
       return uv_fs_event_getpath(&on.event, path, &size);
     }},
    {"fs_poll_path_unstarted", UV_EINVAL,
     [](Bench& on) {
       char path[10];
       size_t size = sizeof(path);
       return uv_fs_poll_getpath(&on.watch, path, &size);
     }},
    {"fs_poll_twice", 0,
     [](Bench& on) {
       uv_fs_poll_start(&on.watch, on_change, "/", 1000);
       return uv_fs_poll_start(&on.watch, on_change, "/", 1000);
     }},
    {"fileno_of_a_timer", UV_EINVAL,
     [](Bench& on) {
       uv_os_fd_t descriptor;
       return uv_fileno(reinterpret_cast<uv_handle_t*>(&on.timer), &descriptor);
     }},
    {"fileno_unopened", UV_EBADF,
     [](Bench& on) {
       uv_os_fd_t descriptor;
       return uv_fileno(reinterpret_cast<uv_handle_t*>(&on.tcp), &descriptor);
     }},
    {"buffer_size_unopened", UV_EBADF,
     [](Bench& on) {
       int size = 0;
       return uv_send_buffer_size(reinterpret_cast<uv_handle_t*>(&on.tcp), &size);
     }},
    {"kill_nobody", UV_ESRCH, [](Bench&) { return uv_kill(INT_MAX, 0); }},
    {"kill_with_nonsense", UV_EINVAL, [](Bench&) { return uv_kill(getpid(), 1000); }},
    {"work_without_work", UV_EINVAL,
     [](Bench& on) {
       static uv_work_t work;
       return uv_queue_work(on.loop, &work, nullptr, nullptr);
     }},
    {"look_up_of_nothing", UV_EINVAL,
     [](Bench& on) {
       static uv_getaddrinfo_t request;
       return uv_getaddrinfo(on.loop, &request, nullptr, nullptr, nullptr, nullptr);
     }},
    {"name_of_strange_family", UV_EINVAL,
     [](Bench& on) {
       static uv_getnameinfo_t request;
       return uv_getnameinfo(on.loop, &request, nullptr, &on.strange, 0);
     }},
    {"random_flags", UV_EINVAL,
     [](Bench&) { return uv_random(nullptr, nullptr, &byte, 1, 1, nullptr); }},
    {"random_too_much", UV_E2BIG,
     [](Bench&) { return uv_random(nullptr, nullptr, &byte, 0x80000000, 0, nullptr); }},
    {"ip4_of_nonsense", UV_EINVAL, [](Bench& on) { return uv_ip4_addr("256.0.0.1", 80, &on.any); }},
    {"ip6_of_nonsense", UV_EINVAL,
     [](Bench&) {
       sockaddr_in6 address;
       return uv_ip6_addr("1::2::3", 80, &address);
     }},
    {"pton_family", UV_EAFNOSUPPORT, [](Bench& on) { return uv_inet_pton(255, "::", &on.any); }},
    {"ntop_family", UV_EAFNOSUPPORT,
     [](Bench& on) {
       char text[50];
       return uv_inet_ntop(255, &on.any, text, sizeof(text));
     }},
    {"ntop_no_room", UV_ENOSPC,
     [](Bench& on) {
       char text[3];
       return uv_inet_ntop(AF_INET, &on.any.sin_addr, text, sizeof(text));
     }},
    {"chdir_to_nothing", UV_ENOENT, [](Bench&) { return uv_chdir(""); }},
    {"environment_without_name", UV_EINVAL, [](Bench&) { return uv_os_setenv(nullptr, "x"); }},
    {"environment_without_variable", UV_ENOENT,
     [](Bench&) {
       char text[10];
       size_t size = sizeof(text);
       return uv_os_getenv("VIOLET_NO_SUCH_VARIABLE", text, &size);
     }},
    {"loop_close_with_handles", UV_EBUSY, [](Bench& on) { return uv_loop_close(on.loop); }},
};

std::string name_of_result(int result) {
  return result == 0 ? "0" : uv_err_name(result);
}

class BadInput : public LoopTest, public testing::WithParamInterface<Row> {};

TEST_P(BadInput, HasItsOwnError) {
  const Row& row = GetParam();
  Bench& bench = *new (fresh_array<char>(sizeof(Bench))) Bench(&loop);
  EXPECT_EQ(name_of_result(row.expected), name_of_result(row.call(bench)));
  close_all_handles(&loop);
  bench.~Bench();
}

std::string name_of_row(const testing::TestParamInfo<Row>& row) {
  return row.param.name;
}

INSTANTIATE_TEST_SUITE_P(Stream, BadInput, testing::ValuesIn(kStreamRows), name_of_row);
INSTANTIATE_TEST_SUITE_P(Datagram, BadInput, testing::ValuesIn(kUdpRows), name_of_row);
INSTANTIATE_TEST_SUITE_P(Other, BadInput, testing::ValuesIn(kOtherRows), name_of_row);

}  // namespace
}  // namespace conformance
