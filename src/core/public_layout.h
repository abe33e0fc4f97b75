// Public fields that only some systems show.
//
// What every public struct has is asserted beside the typed object that overlays it. Where a field
// exists on one system only, the assertion stands in a function template that looks first whether
// the public struct has the field: `if constexpr (requires(Public handle) { handle.field; })`.
#pragma once

#include <uv.h>

#include <cstddef>

#include "engine.h"

namespace violet {

// Programs read a descriptor and what it waits for inside of `io_watcher`, where there is one.
template <typename Typed, typename Public = typename Typed::Public>
constexpr bool watcher_in_place() {
  if constexpr (requires(Public handle) { handle.io_watcher; }) {
    using Watcher = decltype(Public::io_watcher);
    static_assert(offsetof(Typed, channel) == offsetof(Public, io_watcher));
    static_assert(offsetof(Channel, descriptor) == offsetof(Watcher, fd));
    static_assert(offsetof(Channel, wanted) == offsetof(Watcher, pevents));
    static_assert(sizeof(Channel) <= sizeof(Watcher));
  }
  return true;
}

// Where the loop shows what programs wait on in its engine's place, if that is no descriptor.
template <typename Public>
void show_port([[maybe_unused]] Public& loop, [[maybe_unused]] Engine& engine) {
  if constexpr (requires { loop.iocp; }) {
    static_assert(offsetof(Public, iocp) == offsetof(Public, stop_flag) + sizeof(void*));
    static_assert(offsetof(Public, time) == offsetof(Public, iocp) + sizeof(void*));
    loop.iocp = engine.port();
  }
}

// Whether a request that sends shows its buffers to programs. What is left of it lies there then,
// else in the private room that every request has.
template <typename Public>
inline constexpr bool kShowsBuffers = requires(Public request) {
  request.bufsml;
};

// How many buffers have room in a request beside what else lies in that room.
template <std::size_t room, std::size_t taken>
inline constexpr unsigned int kBuffersInRoom = (room - taken) / sizeof(uv_buf_t);

}  // namespace violet
