// What the tests of streams share: a loop that must end clean, and connected pairs of sockets.
#pragma once

#include <gtest/gtest.h>
#include <uv.h>

#include <functional>
#include <string>

#include "support.h"

namespace conformance {

// Runs the test's loop and finds out that nothing is left when it ends.
class StreamTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(0, uv_loop_init(&loop_)); }

  void TearDown() override {
    uv_walk(
        &loop_,
        [](uv_handle_t* handle, void*) {
          if (!uv_is_closing(handle)) uv_close(handle, nullptr);
        },
        nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(0, uv_loop_close(&loop_));
  }

  // Runs the loop until the condition holds; a watchdog ends a test that would hang.
  void run_until(const std::function<bool()>& condition) {
    uv_timer_t watchdog;
    bool expired = false;
    watchdog.data = &expired;
    uv_timer_init(&loop_, &watchdog);
    uv_timer_start(
        &watchdog, [](uv_timer_t* timer) { *static_cast<bool*>(timer->data) = true; }, 60000, 0);
    while (!condition() && !expired)
      uv_run(&loop_, UV_RUN_ONCE);
    EXPECT_FALSE(expired) << "the condition never came true";
    bool closed = false;
    watchdog.data = &closed;
    uv_close(reinterpret_cast<uv_handle_t*>(&watchdog),
             [](uv_handle_t* handle) { *static_cast<bool*>(handle->data) = true; });
    while (!closed)
      uv_run(&loop_, UV_RUN_NOWAIT);
  }

  // Runs `before` and `after` in one iteration, before and after its poll phase.
  void run_in_iteration(
      const std::function<void()>& before, const std::function<void()>& after = [] {}) {
    struct Steps {
      const std::function<void()>& before;
      const std::function<void()>& after;
      bool ran;
    } steps = {before, after, false};
    uv_prepare_t prepare;
    uv_check_t check;
    uv_prepare_init(&loop_, &prepare);
    uv_check_init(&loop_, &check);
    prepare.data = check.data = &steps;
    uv_prepare_start(&prepare, [](uv_prepare_t* handle) {
      uv_close(reinterpret_cast<uv_handle_t*>(handle), nullptr);
      static_cast<Steps*>(handle->data)->before();
    });
    uv_check_start(&check, [](uv_check_t* handle) {
      uv_close(reinterpret_cast<uv_handle_t*>(handle), nullptr);
      static_cast<Steps*>(handle->data)->after();
      static_cast<Steps*>(handle->data)->ran = true;
    });
    run_until([&] { return steps.ran; });
  }

  void close(uv_handle_t* handle) { uv_close(handle, nullptr); }
  template <typename Handle>
  void close(Handle& handle) {
    uv_close(reinterpret_cast<uv_handle_t*>(&handle), nullptr);
  }

  uv_loop_t loop_;
};

template <typename Handle>
uv_stream_t* stream(Handle& handle) {
  return reinterpret_cast<uv_stream_t*>(&handle);
}

inline void allocate_suggested(uv_handle_t*, size_t suggested, uv_buf_t* buffer) {
  *buffer = uv_buf_init(new char[suggested], static_cast<unsigned int>(suggested));
}
inline void allocate_one_byte(uv_handle_t*, size_t, uv_buf_t* buffer) {
  *buffer = uv_buf_init(new char[1], 1);
}

// Everything a stream has read, and how it ended. The stream's `data` points here.
struct Reader {
  std::string text;
  int end = 0;  // UV_EOF or another error
  int reads = 0;
  std::function<void(uv_stream_t*)> after_read;

  static void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
    Reader& reader = *static_cast<Reader*>(stream->data);
    if (count > 0) {
      reader.text.append(buffer->base, static_cast<size_t>(count));
      ++reader.reads;
    }
    if (count < 0) reader.end = static_cast<int>(count);
    delete[] buffer->base;
    if (count > 0 && reader.after_read) reader.after_read(stream);
  }

  int start(uv_stream_t* stream, uv_alloc_cb allocate = allocate_suggested) {
    stream->data = this;
    return uv_read_start(stream, allocate, on_read);
  }
};

// A write that remembers its outcome.
struct Write {
  uv_write_t request;
  std::string text;
  int status = 1;  // 1: not called yet
  int calls = 0;
  std::function<void()> done;

  static void on_done(uv_write_t* request, int status) {
    Write& write = *static_cast<Write*>(request->data);
    write.status = status;
    ++write.calls;
    if (write.done) write.done();
  }

  int start(uv_stream_t* stream, const std::string& bytes, uv_stream_t* sent = nullptr) {
    text = bytes;
    request.data = this;
    uv_buf_t buffer = uv_buf_init(&text[0], static_cast<unsigned int>(text.size()));
    return sent == nullptr ? uv_write(&request, stream, &buffer, 1, on_done)
                           : uv_write2(&request, stream, &buffer, 1, sent, on_done);
  }
};

struct Connect {
  uv_connect_t request;
  int status = 1;

  static void on_done(uv_connect_t* request, int status) {
    static_cast<Connect*>(request->data)->status = status;
  }
  uv_connect_t* prepared() {
    request.data = this;
    return &request;
  }
};

struct Shutdown {
  uv_shutdown_t request;
  int status = 1;

  static void on_done(uv_shutdown_t* request, int status) {
    static_cast<Shutdown*>(request->data)->status = status;
  }
  int start(uv_stream_t* stream) {
    request.data = this;
    return uv_shutdown(&request, stream, on_done);
  }
};

// Bytes that tell where they belong.
inline std::string pattern(size_t size) {
  std::string text(size, '\0');
  unsigned int state = 12345;
  for (char& byte : text) {
    state = state * 1103515245u + 12345u;
    byte = static_cast<char>(state >> 16);
  }
  return text;
}

inline sockaddr_in loopback(int port) {
  sockaddr_in address;
  uv_ip4_addr("127.0.0.1", port, &address);
  return address;
}

inline const sockaddr* generic(const sockaddr_in& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

}  // namespace conformance
