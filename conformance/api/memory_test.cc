// Running out of memory: a scenario with every kind of handle and request, in which one allocation
// after the other fails. Each step works or says UV_ENOMEM, everything that was begun can be ended,
// and nothing is kept.
#include <local_pair.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "brief_program.h"
#include "loop_fixture.h"
#include "own_process.h"
#include "platform.h"
#include "stream_support.h"
#include "support.h"

namespace conformance {
namespace {

// An allocator that counts, and refuses the n-th request, alone or with all after it.
std::atomic<long> requests;
std::atomic<long> held;
long first_refused;
bool refuses_all_after;

bool refuses() {
  long number = ++requests;
  return refuses_all_after ? number >= first_refused : number == first_refused;
}
void* counted(void* memory) {
  if (memory != nullptr) ++held;
  return memory;
}
void* count_malloc(size_t size) {
  return refuses() ? nullptr : counted(std::malloc(size));
}
void* count_calloc(size_t count, size_t size) {
  return refuses() ? nullptr : counted(std::calloc(count, size));
}
void* count_realloc(void* memory, size_t size) {
  if (refuses()) return nullptr;
  void* moved = std::realloc(memory, size);
  return memory == nullptr ? counted(moved) : moved;
}
void count_free(void* memory) {
  if (memory != nullptr) --held;
  std::free(memory);
}

const char* unexpected;  // the first step with another error, if any
int unexpected_error;

// Until then the accepting end, or the engine below it, may lack the memory for the connection, and
// drop it.
bool connection_is_accepted;

bool is_loss(ssize_t result) {
  return result == UV_ENOTCONN || result == UV_ECONNRESET || result == UV_EPIPE;
}

// Whether the step succeeded.
bool check(const char* step, ssize_t result) {
  if (result >= 0) return true;
  bool allowed = result == UV_ENOMEM || result == UV_ECANCELED || result == UV_EOF ||
                 result == UV_EAI_MEMORY || result == UV_EAI_CANCELED ||
                 (!connection_is_accepted && is_loss(result));
  if (!allowed && unexpected == nullptr) {
    unexpected = step;
    unexpected_error = static_cast<int>(result);
  }
  return false;
}
// 0, or 1 when a step had another error.
int tell_unexpected() {
  if (unexpected == nullptr) return 0;
  std::fprintf(stderr, "%s: %s\n", unexpected, uv_err_name(unexpected_error));
  return 1;
}
#define CHECK_STEP(call) check(#call, call)

char shared_buffer[65536];
void allocate_shared(uv_handle_t*, size_t, uv_buf_t* buffer) {
  *buffer = uv_buf_init(shared_buffer, sizeof(shared_buffer));
}
void ignore_read(uv_stream_t*, ssize_t count, const uv_buf_t*) {
  check("read", count);
}
template <typename Handle>
uv_handle_t* base(Handle& handle) {
  return reinterpret_cast<uv_handle_t*>(&handle);
}

struct Everything {
  uv_loop_t loop;
  uv_timer_t timers[40];
  uv_idle_t idle;
  uv_prepare_t prepare;
  uv_check_t check_handle;
  uv_async_t async;
  uv_signal_t signal;
  uv_poll_t poll;
  uv_tcp_t server, client, accepted;
  uv_pipe_t left, right, named;
  uv_udp_t udp;
  uv_fs_event_t event;
  uv_fs_poll_t watch;
  uv_process_t process;
  uv_connect_t connect, pipe_connect;
  uv_shutdown_t shutdown;
  uv_write_t write, passing;
  uv_udp_send_t send;
  uv_work_t work;
  uv_getaddrinfo_t lookup;
  uv_getnameinfo_t name;
  uv_random_t random;
  uv_fs_t files[5];
  char random_bytes[16];
  bool server_listens;
  ssize_t written, received;
  bool read_to_end;

  int run();
  void use_phases();
  void use_tcp();
  void use_pipes();
  void use_udp();
  void use_pool();
  void use_files();
  void use_process();
  void ask_system();
};

// Stacks are small where sanitizers run.
Everything everything;

void count_read(uv_stream_t* stream, ssize_t count, const uv_buf_t*) {
  Everything& self = *static_cast<Everything*>(stream->data);
  if (check("read", count)) self.received += count;
  if (count == UV_EOF) self.read_to_end = true;
}

void Everything::use_phases() {
  for (uv_timer_t& timer : timers) {
    if (CHECK_STEP(uv_timer_init(&loop, &timer)))
      CHECK_STEP(uv_timer_start(
          &timer, [](uv_timer_t*) {}, 1, 0));
  }
  CHECK_STEP(uv_idle_init(&loop, &idle));
  CHECK_STEP(uv_prepare_init(&loop, &prepare));
  CHECK_STEP(uv_check_init(&loop, &check_handle));
  CHECK_STEP(uv_prepare_start(&prepare, [](uv_prepare_t*) {}));
  uv_unref(base(prepare));
  if (CHECK_STEP(uv_async_init(&loop, &async, [](uv_async_t*) {}))) {
    uv_unref(base(async));
    CHECK_STEP(uv_async_send(&async));
  }
  if (CHECK_STEP(uv_signal_init(&loop, &signal))) {
    CHECK_STEP(uv_signal_start(
        &signal, [](uv_signal_t*, int) {}, kSomeSignal));
    uv_unref(base(signal));
  }
}

void Everything::use_tcp() {
  const sockaddr_in any = loopback(0);
  CHECK_STEP(uv_tcp_init(&loop, &server));
  CHECK_STEP(uv_tcp_init(&loop, &client));
  if (!CHECK_STEP(uv_tcp_bind(&server, generic(any), 0))) return;
  server.data = this;
  auto on_connection = [](uv_stream_t* listening, int status) {
    Everything& self = *static_cast<Everything*>(listening->data);
    if (self.accepted.loop != nullptr) return;
    connection_is_accepted = check("connection", status) &&
                             CHECK_STEP(uv_tcp_init(listening->loop, &self.accepted)) &&
                             CHECK_STEP(uv_accept(listening, stream(self.accepted)));
    if (!connection_is_accepted) return;
    uv_unref(base(self.accepted));
    self.accepted.data = &self;
    CHECK_STEP(uv_read_start(stream(self.accepted), allocate_shared, count_read));
  };
  server_listens = CHECK_STEP(uv_listen(stream(server), 4, on_connection));
  uv_unref(base(server));
  if (!server_listens) return;
  sockaddr_in address;
  int size = sizeof(address);
  CHECK_STEP(uv_tcp_getsockname(&server, reinterpret_cast<sockaddr*>(&address), &size));
  client.data = this;
  auto on_connected = [](uv_connect_t* request, int status) {
    Everything& self = *static_cast<Everything*>(request->handle->data);
    if (!check("connect", status)) return;
    uv_buf_t buffers[20];  // more than a request has room for
    for (uv_buf_t& buffer : buffers)
      buffer = uv_buf_init(shared_buffer, 10);
    CHECK_STEP(
        uv_write(&self.write, request->handle, buffers, 20, [](uv_write_t* write, int result) {
          if (check("write", result)) static_cast<Everything*>(write->handle->data)->written = 200;
        }));
    CHECK_STEP(uv_shutdown(&self.shutdown, request->handle,
                           [](uv_shutdown_t*, int result) { check("shutdown", result); }));
  };
  CHECK_STEP(uv_tcp_connect(&connect, &client, generic(address), on_connected));
}

void Everything::use_pipes() {
  uv_file ends[2];
  CHECK_STEP(uv_pipe_init(&loop, &left, 1));
  CHECK_STEP(uv_pipe_init(&loop, &right, 1));
  CHECK_STEP(uv_pipe_init(&loop, &named, 0));
  uv_pipe_connect(&pipe_connect, &named, "/", [](uv_connect_t*, int status) {
    if (!is_no_listener(status)) check("uv_pipe_connect", status);
  });
  if (!CHECK_STEP(test_support::open_local_pair(ends))) return;
  const bool left_is_open = CHECK_STEP(uv_pipe_open(&left, ends[0]));
  CHECK_STEP(uv_pipe_open(&right, ends[1]));
  uv_buf_t buffer = uv_buf_init(shared_buffer, 1);
  if (server_listens && left_is_open)
    CHECK_STEP(uv_write2(&passing, stream(left), &buffer, 1, stream(server),
                         [](uv_write_t*, int result) { check("write2", result); }));
  uv_os_sock_t polled[2];
  if (CHECK_STEP(uv_socketpair(SOCK_STREAM, 0, polled, 0, 0))) {
    if (CHECK_STEP(uv_poll_init_socket(&loop, &poll, polled[0]))) {
      CHECK_STEP(uv_poll_start(&poll, UV_READABLE, [](uv_poll_t*, int, int) {}));
      uv_unref(base(poll));
    }
  }
  uv_unref(base(right));
  CHECK_STEP(uv_read_start(stream(right), allocate_shared, ignore_read));
}

void Everything::use_udp() {
  const sockaddr_in any = loopback(0);
  if (!CHECK_STEP(uv_udp_init(&loop, &udp))) return;
  if (!CHECK_STEP(uv_udp_bind(&udp, generic(any), 0))) return;
  sockaddr_in address;
  int size = sizeof(address);
  CHECK_STEP(uv_udp_getsockname(&udp, reinterpret_cast<sockaddr*>(&address), &size));
  CHECK_STEP(uv_udp_recv_start(&udp, allocate_shared,
                               [](uv_udp_t*, ssize_t count, const uv_buf_t*, const sockaddr*,
                                  unsigned) { check("receive", count); }));
  uv_unref(base(udp));
  uv_buf_t buffers[20];
  for (uv_buf_t& buffer : buffers)
    buffer = uv_buf_init(shared_buffer, 10);
  CHECK_STEP(uv_udp_send(&send, &udp, buffers, 20, generic(address),
                         [](uv_udp_send_t*, int result) { check("send", result); }));
}

void Everything::use_pool() {
  CHECK_STEP(uv_queue_work(
      &loop, &work, [](uv_work_t*) {}, [](uv_work_t*, int status) { check("work", status); }));
  CHECK_STEP(uv_getaddrinfo(
      &loop, &lookup,
      [](uv_getaddrinfo_t*, int status, addrinfo* found) {
        check("getaddrinfo", status);
        uv_freeaddrinfo(found);
      },
      "127.0.0.1", "80", nullptr));
  const sockaddr_in address = loopback(80);
  CHECK_STEP(uv_getnameinfo(
      &loop, &name,
      [](uv_getnameinfo_t*, int status, const char*, const char*) { check("name", status); },
      generic(address), NI_NUMERICHOST | NI_NUMERICSERV));
  CHECK_STEP(uv_random(&loop, &random, random_bytes, sizeof(random_bytes), 0,
                       [](uv_random_t*, int status, void*, size_t) { check("random", status); }));
}

void on_file(uv_fs_t* request) {
  check("file", request->result);
  uv_fs_req_cleanup(request);
}

void Everything::use_files() {
  CHECK_STEP(uv_fs_stat(&loop, &files[0], "/", on_file));
  CHECK_STEP(uv_fs_scandir(&loop, &files[1], "/", 0, on_file));
  CHECK_STEP(uv_fs_realpath(&loop, &files[2], "/", on_file));
  if (kSomeLink != nullptr) CHECK_STEP(uv_fs_readlink(&loop, &files[3], kSomeLink, on_file));
  CHECK_STEP(uv_fs_opendir(&loop, &files[4], "/", [](uv_fs_t* request) {
    if (check("opendir", request->result)) {
      uv_fs_t closing;
      uv_fs_closedir(nullptr, &closing, static_cast<uv_dir_t*>(request->ptr), nullptr);
      uv_fs_req_cleanup(&closing);
    }
    uv_fs_req_cleanup(request);
  }));
  uv_fs_t sync;
  CHECK_STEP(uv_fs_scandir(nullptr, &sync, "/", 0, nullptr));
  uv_fs_req_cleanup(&sync);
  if (CHECK_STEP(uv_fs_event_init(&loop, &event))) {
    CHECK_STEP(uv_fs_event_start(
        &event, [](uv_fs_event_t*, const char*, int, int) {}, "/", 0));
    uv_unref(base(event));
  }
  if (CHECK_STEP(uv_fs_poll_init(&loop, &watch))) {
    CHECK_STEP(uv_fs_poll_start(
        &watch,
        [](uv_fs_poll_t*, int status, const uv_stat_t*, const uv_stat_t*) {
          check("fs_poll", status);
        },
        "/", 1000));
    uv_unref(base(watch));
  }
}

void Everything::use_process() {
  BriefProgram program;
  program.options.exit_cb = [](uv_process_t*, int64_t, int) {};
  CHECK_STEP(uv_spawn(&loop, &process, &program.options));
}

void Everything::ask_system() {
  uv_cpu_info_t* cpus;
  uv_interface_address_t* addresses;
  uv_env_item_t* items;
  uv_passwd_t user;
  uv_group_t group;
  int count;
  if (CHECK_STEP(uv_cpu_info(&cpus, &count))) uv_free_cpu_info(cpus, count);
  if (CHECK_STEP(uv_interface_addresses(&addresses, &count)))
    uv_free_interface_addresses(addresses, count);
  if (CHECK_STEP(uv_os_environ(&items, &count))) uv_os_free_environ(items, count);
  if (CHECK_STEP(uv_os_get_passwd(&user))) uv_os_free_passwd(&user);
  if (kHasGroups && CHECK_STEP(uv_os_get_group(&group, 0))) uv_os_free_group(&group);
}

// 0, or which of the promises was broken.
int Everything::run() {
  if (!CHECK_STEP(uv_loop_init(&loop))) return unexpected == nullptr ? 0 : 1;
  use_phases();
  use_tcp();
  use_pipes();
  use_udp();
  use_pool();
  use_files();
  use_process();
  ask_system();
  uv_run(&loop, UV_RUN_DEFAULT);
  close_all_handles(&loop);
  if (uv_loop_close(&loop) != 0) return 2;
  if (read_to_end && received < written) return 4;
  return unexpected == nullptr ? 0 : 1;
}

constexpr int kMemoryKept = 3;
constexpr int kNothingRefused = 50;

// 0 or kNothingRefused if all is well.
int run_with_refusal(long number, bool all_after) {
  first_refused = number;
  refuses_all_after = all_after;
  if (uv_replace_allocator(count_malloc, count_realloc, count_calloc, count_free) != 0) return 9;
  const int result = everything.run();
  uv_library_shutdown();
  tell_unexpected();
  if (result != 0) return result;
  // Less than none: a thread pool that was there before the fork is released too.
  if (held > 0) return kMemoryKept;
  return requests < number ? kNothingRefused : 0;
}

class AllocationsFail : public testing::TestWithParam<bool> {};

TEST_P(AllocationsFail, OneAfterTheOther) {
  if (!kForkedChildrenMayStartThreads) GTEST_SKIP() << "ThreadSanitizer";
  if (!is_at_least(1, 52)) GTEST_SKIP() << "older libraries abort without memory";
  const bool all_after = GetParam();
  long number = 1;
  const auto run = [&] { return run_with_refusal(number, all_after); };
  int result = in_own_process(run);
  while (result == 0) {
    number += kCasesApart;
    result = in_own_process(run);
  }
  EXPECT_EQ(kNothingRefused, result)
      << "refused " << number << (all_after ? " and all after it" : "")
      << " (1: another error, 2: loop not closed, 3: memory kept, 4: bytes lost)";
  EXPECT_GT(number, 20);
}

// 0, or which of the promises was broken.
int start_with_every_refusal(bool all_after) {
  refuses_all_after = all_after;
  first_refused = LONG_MAX;
  if (uv_replace_allocator(count_malloc, count_realloc, count_calloc, count_free) != 0) return 9;
  uv_loop_t& loop = everything.loop;
  uv_process_t& process = everything.process;
  if (uv_loop_init(&loop) != 0) return 9;
  BriefProgram program;
  program.options.exit_cb = [](uv_process_t*, int64_t, int) {};
  bool was_refused = true;
  for (long number = 1; was_refused && unexpected == nullptr; ++number) {
    first_refused = requests + number;
    CHECK_STEP(uv_spawn(&loop, &process, &program.options));
    was_refused = requests >= first_refused;
    first_refused = LONG_MAX;
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_close(base(process), nullptr);
    uv_run(&loop, UV_RUN_DEFAULT);
  }
  if (uv_loop_close(&loop) != 0) return 2;
  return tell_unexpected();
}

// The scenario above tries only every so-manyth allocation where processes start slowly.
TEST_P(AllocationsFail, EachOfAChild) {
  if (!kForkedChildrenMayStartThreads) GTEST_SKIP() << "ThreadSanitizer";
  if (!is_at_least(1, 52)) GTEST_SKIP() << "older libraries abort without memory";
  EXPECT_EQ(0, in_own_process([] { return start_with_every_refusal(GetParam()); }));
}

INSTANTIATE_TEST_SUITE_P(Refusing, AllocationsFail, testing::Bool(),
                         [](const testing::TestParamInfo<bool>& tested) {
                           return tested.param ? "AllFromOneOn" : "OneOnly";
                         });

}  // namespace
}  // namespace conformance
