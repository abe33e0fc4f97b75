#include <cstdint>

#include "base/enum_value.h"
#include "uv.h"

namespace {

struct TypeDescription {
  const char* name = nullptr;
  std::size_t size = SIZE_MAX;  // No object of the type can be made.
};

TypeDescription describe(uv_handle_type type) {
  switch (violet::value_of(type)) {
    case UV_ASYNC:
      return {"async", sizeof(uv_async_t)};
    case UV_CHECK:
      return {"check", sizeof(uv_check_t)};
    case UV_FS_EVENT:
      return {"fs_event", sizeof(uv_fs_event_t)};
    case UV_FS_POLL:
      return {"fs_poll", sizeof(uv_fs_poll_t)};
    case UV_HANDLE:
      return {"handle", sizeof(uv_handle_t)};
    case UV_IDLE:
      return {"idle", sizeof(uv_idle_t)};
    case UV_NAMED_PIPE:
      return {"pipe", sizeof(uv_pipe_t)};
    case UV_POLL:
      return {"poll", sizeof(uv_poll_t)};
    case UV_PREPARE:
      return {"prepare", sizeof(uv_prepare_t)};
    case UV_PROCESS:
      return {"process", sizeof(uv_process_t)};
    case UV_STREAM:
      return {"stream", sizeof(uv_stream_t)};
    case UV_TCP:
      return {"tcp", sizeof(uv_tcp_t)};
    case UV_TIMER:
      return {"timer", sizeof(uv_timer_t)};
    case UV_TTY:
      return {"tty", sizeof(uv_tty_t)};
    case UV_UDP:
      return {"udp", sizeof(uv_udp_t)};
    case UV_SIGNAL:
      return {"signal", sizeof(uv_signal_t)};
    case UV_FILE:
      return {"file", SIZE_MAX};
    default:
      return {};
  }
}

TypeDescription describe(uv_req_type type) {
  switch (violet::value_of(type)) {
    case UV_REQ:
      return {"req", sizeof(uv_req_t)};
    case UV_CONNECT:
      return {"connect", sizeof(uv_connect_t)};
    case UV_WRITE:
      return {"write", sizeof(uv_write_t)};
    case UV_SHUTDOWN:
      return {"shutdown", sizeof(uv_shutdown_t)};
    case UV_UDP_SEND:
      return {"udp_send", sizeof(uv_udp_send_t)};
    case UV_FS:
      return {"fs", sizeof(uv_fs_t)};
    case UV_WORK:
      return {"work", sizeof(uv_work_t)};
    case UV_GETADDRINFO:
      return {"getaddrinfo", sizeof(uv_getaddrinfo_t)};
    case UV_GETNAMEINFO:
      return {"getnameinfo", sizeof(uv_getnameinfo_t)};
    case UV_RANDOM:
      return {"random", sizeof(uv_random_t)};
    default:
      return {};
  }
}

}  // namespace

size_t uv_handle_size(uv_handle_type type) {
  return describe(type).size;
}

const char* uv_handle_type_name(uv_handle_type type) {
  return describe(type).name;
}

size_t uv_req_size(uv_req_type type) {
  return describe(type).size;
}

const char* uv_req_type_name(uv_req_type type) {
  return describe(type).name;
}
