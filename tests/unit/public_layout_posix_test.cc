// Assertions on fields that not every system shows hold vacuously where the field is absent. On
// POSIX systems none is.

#include <gtest/gtest.h>
#include <uv.h>

#include "core/public_layout.h"
#include "handle/udp_send_queue.h"
#include "handle/write_queue.h"

namespace {

template <typename Public>
constexpr bool kShowsWatcher = requires(Public handle) {
  handle.io_watcher.fd;
  handle.io_watcher.pevents;
};

template <typename Public>
constexpr bool kShowsSettings = requires(Public tty) {
  tty.orig_termios;
  tty.mode;
};

static_assert(kShowsWatcher<uv_stream_t> && kShowsWatcher<uv_udp_t> && kShowsWatcher<uv_poll_t>);
static_assert(requires(uv_udp_t udp) { udp.alloc_cb, udp.recv_cb; });
static_assert(requires(uv_process_t process) { process.status; });
static_assert(requires(uv_fs_event_t event) { event.path; });
static_assert(requires(uv_pipe_t pipe) { pipe.pipe_fname; });
static_assert(requires(uv_fs_t request) { request.new_path, request.off, request.atime; });
static_assert(kShowsSettings<uv_tty_t>);

// The counts follow from the room; these are what the public structs have.
TEST(PublicLayout, RequestsHaveTheBuffersThatTheirStructsShow) {
  EXPECT_EQ(violet::WriteRequest::kInlineBuffers, std::size(uv_write_t{}.bufsml));
  EXPECT_EQ(violet::SendRequest::kInlineBuffers, std::size(uv_udp_send_t{}.bufsml));
}

}  // namespace
