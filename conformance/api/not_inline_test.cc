// No callback runs inside the call that started it: every function that takes a callback, when it
// works and when it fails at once. Files have not_inline_fs_test.cc.
#include <netdb.h>

#include "not_inline.h"
#include "process_child.h"

namespace conformance {
namespace {

enum class Times { kOnce, kOften, kNever, kWhenClosed };

struct Case {
  const char* name;
  Times times;
  // What the call under test returned.
  int (*start)(Scene&);
};

void PrintTo(const Case& tested, std::ostream* out) {
  *out << tested.name;
}

int write_to(Scene& scene, uv_stream_t* target) {
  uv_write_t* request = scene.fresh<uv_write_t>();
  uv_buf_t buffer = one_byte();
  return under_test([&] { return uv_write(request, target, &buffer, 1, noted); });
}

int connect_to(Scene& scene, const sockaddr_in& address) {
  uv_tcp_t* client = scene.tcp();
  uv_connect_t* request = scene.fresh<uv_connect_t>();
  return under_test([&] { return uv_tcp_connect(request, client, generic(address), noted); });
}

int send_to(Scene& scene, const char* address, int port) {
  uv_udp_t* sender = scene.udp();
  uv_udp_send_t* request = scene.fresh<uv_udp_send_t>();
  sockaddr_in target;
  uv_ip4_addr(address, port, &target);
  uv_buf_t buffer = one_byte();
  return under_test(
      [&] { return uv_udp_send(request, sender, &buffer, 1, generic(target), noted); });
}

int look_up(Scene& scene, const char* name) {
  uv_getaddrinfo_t* request = scene.fresh<uv_getaddrinfo_t>();
  addrinfo hints = {};
  hints.ai_flags = AI_NUMERICHOST;
  return under_test([&] {
    return uv_getaddrinfo(
        scene.loop, request,
        [](uv_getaddrinfo_t*, int, addrinfo* found) {
          noted();
          uv_freeaddrinfo(found);
        },
        name, nullptr, &hints);
  });
}

int spawn(Scene& scene, const char* file) {
  uv_process_t* process = scene.fresh<uv_process_t>();
  uv_process_options_t options = {};
  char* arguments[] = {const_cast<char*>(file), nullptr};
  options.file = file;
  options.args = arguments;
  options.exit_cb = noted;
  return under_test([&] { return uv_spawn(scene.loop, process, &options); });
}

// Works that waits or runs, and is taken back.
template <typename Request>
int cancel(Request* request) {
  under_test([&] { return uv_cancel(reinterpret_cast<uv_req_t*>(request)); });
  return 0;  // It may run already.
}

void ignore_all(uv_handle_t*, size_t, uv_buf_t* buffer) {
  noted();
  static char bytes[100];
  *buffer = uv_buf_init(bytes, sizeof(bytes));
}

const Case kCases[] = {
    {"write", Times::kOnce, [](Scene& scene) { return write_to(scene, scene.connected()); }},
    {"write_to_closed_peer", Times::kOnce,
     [](Scene& scene) { return write_to(scene, scene.broken()); }},
    {"write_to_a_full_stream", Times::kWhenClosed,
     [](Scene& scene) {
       uv_stream_t* target = scene.connected();
       uv_write_t* first = scene.fresh<uv_write_t>();
       static char much[1 << 20];
       uv_buf_t buffer = uv_buf_init(much, sizeof(much));
       EXPECT_EQ(0, uv_write(first, target, &buffer, 1, [](uv_write_t*, int) {}));
       return write_to(scene, target);
     }},
    {"shutdown", Times::kOnce,
     [](Scene& scene) {
       uv_stream_t* target = scene.connected();
       uv_shutdown_t* request = scene.fresh<uv_shutdown_t>();
       return under_test([&] { return uv_shutdown(request, target, noted); });
     }},
    {"connect", Times::kOnce,
     [](Scene& scene) {
       sockaddr_in address;
       uv_unref(
           reinterpret_cast<uv_handle_t*>(scene.listening(&address, [](uv_stream_t*, int) {})));
       return connect_to(scene, address);
     }},
    {"connect_refused", Times::kOnce,
     [](Scene& scene) {
       sockaddr_in address;
       scene.listening(&address, nullptr);
       return connect_to(scene, address);
     }},
    {"pipe_connect_to_nothing", Times::kOnce,
     [](Scene& scene) {
       uv_connect_t* request = scene.fresh<uv_connect_t>();
       uv_pipe_t* client = scene.pipe();
       under_test([&] {
         uv_pipe_connect(request, client, scene.file("nothing").c_str(), noted);
         return 0;
       });
       return 0;
     }},
    {"listen_with_a_waiting_client", Times::kOften,
     [](Scene& scene) {
       sockaddr_in address;
       uv_tcp_t* server = scene.listening(&address, nullptr);
       EXPECT_EQ(0, uv_listen(stream(*server), 8, noted));
       int client = socket(AF_INET, SOCK_STREAM, 0);
       scene.descriptors.push_back(client);
       EXPECT_EQ(0, ::connect(client, generic(address), sizeof(address)));
       return under_test([&] { return uv_listen(stream(*server), 8, noted); });
     }},
    {"read_start_with_waiting_bytes", Times::kOften,
     [](Scene& scene) {
       int other;
       uv_stream_t* source = scene.connected(&other);
       EXPECT_EQ(1, ::write(other, "x", 1));
       return under_test([&] { return uv_read_start(source, ignore_all, noted); });
     }},
    {"read_start_at_the_end", Times::kOften,
     [](Scene& scene) {
       uv_stream_t* source = scene.broken();
       return under_test([&] { return uv_read_start(source, ignore_all, noted); });
     }},
    {"read_stop_with_waiting_bytes", Times::kNever,
     [](Scene& scene) {
       int other;
       uv_stream_t* source = scene.connected(&other);
       EXPECT_EQ(1, ::write(other, "x", 1));
       return under_test([&] {
         int error = uv_read_start(source, ignore_all, noted);
         return error != 0 ? error : uv_read_stop(source);
       });
     }},
    {"udp_send", Times::kOnce, [](Scene& scene) { return send_to(scene, "127.0.0.1", 9); }},
    {"udp_send_refused", Times::kOnce,  // Broadcasting was not allowed to the socket.
     [](Scene& scene) { return send_to(scene, "255.255.255.255", 9); }},
    {"udp_recv_start_with_a_waiting_datagram", Times::kOften,
     [](Scene& scene) {
       uv_udp_t* receiver = scene.udp();
       sockaddr_in address;
       int size = sizeof(address);
       uv_udp_getsockname(receiver, reinterpret_cast<sockaddr*>(&address), &size);
       int sender = socket(AF_INET, SOCK_DGRAM, 0);
       scene.descriptors.push_back(sender);
       EXPECT_EQ(1, ::sendto(sender, "x", 1, 0, generic(address), sizeof(address)));
       return under_test([&] { return uv_udp_recv_start(receiver, ignore_all, noted); });
     }},
    {"getaddrinfo", Times::kOnce, [](Scene& scene) { return look_up(scene, "127.0.0.1"); }},
    {"getaddrinfo_of_nobody", Times::kOnce,
     [](Scene& scene) { return look_up(scene, "no number"); }},
    {"getnameinfo", Times::kOnce,
     [](Scene& scene) {
       uv_getnameinfo_t* request = scene.fresh<uv_getnameinfo_t>();
       sockaddr_in address = loopback(80);
       return under_test([&] {
         return uv_getnameinfo(scene.loop, request, noted, generic(address), NI_NUMERICHOST);
       });
     }},
    {"random", Times::kOnce,
     [](Scene& scene) {
       uv_random_t* request = scene.fresh<uv_random_t>();
       return under_test([&] { return uv_random(scene.loop, request, &byte, 1, 0, noted); });
     }},
    {"random_of_nothing", Times::kOnce,
     [](Scene& scene) {
       uv_random_t* request = scene.fresh<uv_random_t>();
       return under_test([&] { return uv_random(scene.loop, request, &byte, 0, 0, noted); });
     }},
    {"queue_work", Times::kOnce,
     [](Scene& scene) {
       uv_work_t* request = scene.fresh<uv_work_t>();
       return under_test([&] {
         return uv_queue_work(
             scene.loop, request, [](uv_work_t*) {}, noted);
       });
     }},
    {"cancel_work", Times::kOnce,
     [](Scene& scene) {
       uv_work_t* request = scene.fresh<uv_work_t>();
       EXPECT_EQ(0, uv_queue_work(
                        scene.loop, request, [](uv_work_t*) {}, noted));
       return cancel(request);
     }},
    {"cancel_file", Times::kOnce,
     [](Scene& scene) {
       uv_fs_t* request = scene.fresh<uv_fs_t>();
       EXPECT_EQ(0, uv_fs_access(scene.loop, request, "/", F_OK, [](uv_fs_t* finished) {
                   uv_fs_req_cleanup(finished);
                   noted(finished);
                 }));
       return cancel(request);
     }},
    {"spawn", Times::kOnce, [](Scene& scene) { return spawn(scene, told_child().c_str()); }},
    {"spawn_of_nothing", Times::kNever,
     [](Scene& scene) {
       EXPECT_EQ(UV_ENOENT, spawn(scene, "violet-no-such-program"));
       return 0;
     }},
    {"timer_of_zero", Times::kOnce,
     [](Scene& scene) {
       uv_timer_t* timer = scene.fresh<uv_timer_t>();
       uv_timer_init(scene.loop, timer);
       return under_test([&] { return uv_timer_start(timer, noted, 0, 0); });
     }},
    {"timer_again", Times::kOften,
     [](Scene& scene) {
       uv_timer_t* timer = scene.fresh<uv_timer_t>();
       uv_timer_init(scene.loop, timer);
       EXPECT_EQ(0, uv_timer_start(timer, noted, 0, 1));
       return under_test([&] { return uv_timer_again(timer); });
     }},
    {"idle", Times::kOften,
     [](Scene& scene) {
       uv_idle_t* idle = scene.fresh<uv_idle_t>();
       uv_idle_init(scene.loop, idle);
       return under_test([&] { return uv_idle_start(idle, noted); });
     }},
    {"async", Times::kOften,
     [](Scene& scene) {
       uv_async_t* async = scene.fresh<uv_async_t>();
       EXPECT_EQ(0, uv_async_init(scene.loop, async, noted));
       return under_test([&] { return uv_async_send(async); });
     }},
    {"poll_of_a_ready_descriptor", Times::kOften,
     [](Scene& scene) {
       int ends[2];
       EXPECT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
       scene.descriptors.insert(scene.descriptors.end(), ends, ends + 2);
       uv_poll_t* poll = scene.fresh<uv_poll_t>();
       EXPECT_EQ(0, uv_poll_init(scene.loop, poll, ends[0]));
       return under_test([&] { return uv_poll_start(poll, UV_WRITABLE, noted); });
     }},
    {"fs_event", Times::kOften,
     [](Scene& scene) {
       uv_fs_event_t* event = scene.fresh<uv_fs_event_t>();
       uv_fs_event_init(scene.loop, event);
       return under_test([&] {
         int error = uv_fs_event_start(event, noted, scene.folder.c_str(), 0);
         scene.open_file("new");
         return error;
       });
     }},
    {"fs_poll_of_nothing", Times::kOften,
     [](Scene& scene) {
       uv_fs_poll_t* poll = scene.fresh<uv_fs_poll_t>();
       uv_fs_poll_init(scene.loop, poll);
       return under_test(
           [&] { return uv_fs_poll_start(poll, noted, scene.file("missing").c_str(), 10); });
     }},
};

class Callbacks : public NotInline, public testing::WithParamInterface<Case> {};

TEST_P(Callbacks, ComeLaterThanTheCall) {
  const Times times = GetParam().times;
  ASSERT_EQ(0, GetParam().start(scene));
  EXPECT_EQ(0, inside_calls);
  run(UV_RUN_NOWAIT);
  while (calls == 0 && (times == Times::kOnce || times == Times::kOften))
    run(UV_RUN_ONCE);
  const int before = calls;
  under_test([&] {
    uv_walk(
        &loop,
        [](uv_handle_t* handle, void*) {
          if (uv_is_closing(handle) == 0) uv_close(handle, nullptr);
        },
        nullptr);
    return 0;
  });
  EXPECT_EQ(0, inside_calls) << "inside uv_close()";
  run();
  EXPECT_EQ(before + (times == Times::kWhenClosed ? 1 : 0), calls) << "after uv_close()";
  if (times != Times::kOften) {
    EXPECT_EQ(times == Times::kNever ? 0 : 1, calls);
  }
}

INSTANTIATE_TEST_SUITE_P(Every, Callbacks, testing::ValuesIn(kCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

// Closing, by type of handle.
struct CloseCase {
  const char* name;
  uv_handle_t* (*init)(Scene&);
};

void PrintTo(const CloseCase& tested, std::ostream* out) {
  *out << tested.name;
}

template <typename Handle, typename Init>
uv_handle_t* initialized(Scene& scene, Init init) {
  Handle* handle = scene.fresh<Handle>();
  EXPECT_EQ(0, init(scene.loop, handle));
  return reinterpret_cast<uv_handle_t*>(handle);
}

const CloseCase kCloseCases[] = {
    {"async",
     [](Scene& scene) {
       return initialized<uv_async_t>(scene, [](uv_loop_t* loop, uv_async_t* async) {
         return uv_async_init(loop, async, nullptr);
       });
     }},
    {"check", [](Scene& scene) { return initialized<uv_check_t>(scene, uv_check_init); }},
    {"fs_event", [](Scene& scene) { return initialized<uv_fs_event_t>(scene, uv_fs_event_init); }},
    {"fs_poll", [](Scene& scene) { return initialized<uv_fs_poll_t>(scene, uv_fs_poll_init); }},
    {"idle", [](Scene& scene) { return initialized<uv_idle_t>(scene, uv_idle_init); }},
    {"pipe", [](Scene& scene) { return reinterpret_cast<uv_handle_t*>(scene.connected()); }},
    {"poll",
     [](Scene& scene) {
       uv_poll_t* poll = scene.fresh<uv_poll_t>();
       int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
       scene.descriptors.push_back(socket);
       EXPECT_EQ(0, uv_poll_init(scene.loop, poll, socket));
       return reinterpret_cast<uv_handle_t*>(poll);
     }},
    {"prepare", [](Scene& scene) { return initialized<uv_prepare_t>(scene, uv_prepare_init); }},
    {"process_that_never_was",
     [](Scene& scene) {
       uv_process_t* process = scene.fresh<uv_process_t>();
       uv_process_options_t options = {};
       char name[] = "violet-no-such-program";
       char* arguments[] = {name, nullptr};
       options.file = name;
       options.args = arguments;
       EXPECT_EQ(UV_ENOENT, uv_spawn(scene.loop, process, &options));
       return reinterpret_cast<uv_handle_t*>(process);
     }},
    {"signal", [](Scene& scene) { return initialized<uv_signal_t>(scene, uv_signal_init); }},
    {"tcp", [](Scene& scene) { return reinterpret_cast<uv_handle_t*>(scene.tcp()); }},
    {"timer", [](Scene& scene) { return initialized<uv_timer_t>(scene, uv_timer_init); }},
    {"udp", [](Scene& scene) { return reinterpret_cast<uv_handle_t*>(scene.udp()); }},
};

class CloseCallbacks : public NotInline, public testing::WithParamInterface<CloseCase> {};

TEST_P(CloseCallbacks, ComeOnceAndLaterThanTheCall) {
  uv_handle_t* handle = GetParam().init(scene);
  under_test([&] {
    uv_close(handle, noted);
    return 0;
  });
  EXPECT_EQ(0, inside_calls);
  EXPECT_NE(0, uv_is_closing(handle));
  run();
  EXPECT_EQ(1, calls);
}

INSTANTIATE_TEST_SUITE_P(Every, CloseCallbacks, testing::ValuesIn(kCloseCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace conformance
