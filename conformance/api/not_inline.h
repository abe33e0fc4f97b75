// What the tests share that no callback runs inside the call that started it.
#pragma once

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <ostream>
#include <string>
#include <vector>

#include <local_pair.h>

#include "fs_support.h"
#include "loop_fixture.h"
#include "stream_support.h"
#include "system.h"

namespace conformance {

inline int calls;         // callbacks that have run
inline int inside_calls;  // of these, inside a call of the library that was under test
inline bool inside;

// Fits every type of callback.
inline constexpr auto noted = [](auto...) {
  ++calls;
  if (inside) ++inside_calls;
};

// The call under test.
template <typename Call>
int under_test(Call call) {
  inside = true;
  int result = call();
  inside = false;
  return result;
}

// What the cases need.
struct Scene {
  uv_loop_t* loop;
  std::string folder;

  std::string file(const char* name) const { return folder + "/" + name; }

  // Handles and requests live until the end of the test.
  template <typename Object>
  Object* fresh() {
    return static_cast<Object*>(keep(sizeof(Object)));
  }
  void* keep(std::size_t size) {
    kept.push_back(std::calloc(1, size));
    return kept.back();
  }

  uv_tcp_t* tcp() {
    uv_tcp_t* handle = fresh<uv_tcp_t>();
    EXPECT_EQ(0, uv_tcp_init(loop, handle));
    return handle;
  }
  uv_pipe_t* pipe() {
    uv_pipe_t* handle = fresh<uv_pipe_t>();
    EXPECT_EQ(0, uv_pipe_init(loop, handle, 0));
    return handle;
  }
  uv_udp_t* udp() {
    uv_udp_t* handle = fresh<uv_udp_t>();
    sockaddr_in any = loopback(0);
    EXPECT_EQ(0, uv_udp_init(loop, handle));
    EXPECT_EQ(0, uv_udp_bind(handle, generic(any), 0));
    return handle;
  }
  // A connected stream; the other end's descriptor is the test's.
  uv_stream_t* connected(int* other) {
    uv_file ends[2];
    EXPECT_EQ(0, test_support::open_local_pair(ends));
    uv_pipe_t* handle = pipe();
    EXPECT_EQ(0, uv_pipe_open(handle, ends[0]));
    descriptors.push_back(ends[1]);
    *other = ends[1];
    return stream(*handle);
  }
  uv_stream_t* connected() {
    int other;
    return connected(&other);
  }
  uv_stream_t* broken() {
    uv_stream_t* handle = connected();
    ::close(descriptors.back());
    descriptors.pop_back();
    return handle;
  }
  uv_file open_file(const char* name) {
    int file_descriptor = ::open(file(name).c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    descriptors.push_back(file_descriptor);
    return file_descriptor;
  }
  // A listening socket, and its address.
  uv_tcp_t* listening(sockaddr_in* address, uv_connection_cb callback) {
    uv_tcp_t* server = tcp();
    sockaddr_in any = loopback(0);
    int size = sizeof(*address);
    EXPECT_EQ(0, uv_tcp_bind(server, generic(any), 0));
    if (callback != nullptr) {
      EXPECT_EQ(0, uv_listen(stream(*server), 8, callback));
    }
    EXPECT_EQ(0, uv_tcp_getsockname(server, reinterpret_cast<sockaddr*>(address), &size));
    return server;
  }

  std::vector<void*> kept;
  std::vector<int> descriptors;
};

inline char byte = 'x';
inline uv_buf_t one_byte() {
  return uv_buf_init(&byte, 1);
}

class NotInline : public LoopTest {
 protected:
  void SetUp() override {
    LoopTest::SetUp();
    calls = inside_calls = 0;
    scene = {&loop, directory.path(), {}, {}};
  }
  void TearDown() override {
    close_all_handles(&loop);
    LoopTest::TearDown();
    for (int descriptor : scene.descriptors)
      ::close(descriptor);
    for (void* object : scene.kept)
      std::free(object);
  }

  // Older libraries leave it to their user.
  test_support::NoPipeSignal no_signal;
  TemporaryDirectory directory;
  Scene scene;
};

}  // namespace conformance
