// What all handles have in common: the header at their front and the life cycle
// init → active ⇄ inactive → closing → closed.
#pragma once

#include <uv.h>

#include <cstddef>
#include <cstdint>

#include "base/list.h"
#include "os/descriptor.h"

namespace violet {

struct Loop;
struct Handle;

// What differs by handle type. One constant of this per type, in the type's .cc file.
struct HandleKind {
  uv_handle_type type;
  // Stops everything at once, when uv_close() is called. It either ends with finish_closing(), or
  // lets the completion of the last operation that the kernel still owns call it later.
  void (*close)(Handle& handle);
  // In the closing phase, before the user's close callback: hands out the cancelled requests. May
  // be null.
  void (*closed)(Handle& handle);
  // The operating system's descriptor below, or kNoDescriptor. Null for types that never have one.
  Descriptor (*descriptor)(const Handle& handle) = nullptr;
  // In a forked child: forgets what threads of the parent were in the middle of. May be null.
  void (*forked)(Handle& handle) = nullptr;
};

// The low half lies in the public field `flags`. Programs read it and a few write it (uvloop, BIND,
// Swow), so these bits have the values and meanings that the installed libuv shows
// (tests/abi/fields). The high half is ours alone.
using HandleFlags = std::uint64_t;
inline constexpr HandleFlags kClosing = 1;  // uv_close() was called
inline constexpr HandleFlags kClosed = 2;   // the close callback has run or runs now
inline constexpr HandleFlags kActive = 4;
inline constexpr HandleFlags kReferenced = 8;
inline constexpr HandleFlags kInternal = 16;    // one of ours: uv_walk() does not show it
inline constexpr HandleFlags kBound = 0x2000;   // shown only
inline constexpr HandleFlags kIpv6 = 0x400000;  // shown only: bound to an IPv6 address
// The types' own flags that are not public start here.
inline constexpr HandleFlags kFirstTypeFlag = HandleFlags{1} << 32;

// The part of a handle behind the room for its type. It lies at the same offset in every public
// handle, so that a Handle finds it; every typed object has a member `tail` there.
struct Handle;
struct HandleTail {
  Handle* next_closing;     // in the loop's queue of handles to close
  std::uint32_t flags;      // the public half
  std::uint32_t type_word;  // the type's own
};
inline constexpr std::size_t kHandleTailOffset = offsetof(uv_handle_t, flags) - sizeof(Handle*);
static_assert(offsetof(HandleTail, flags) == sizeof(Handle*));
static_assert(kHandleTailOffset + sizeof(HandleTail) == sizeof(uv_handle_t));

// Overlays the front of every public handle. Between it and the tail lies room for the type.
struct Handle {
  void* data;
  uv_loop_t* public_loop;
  uv_handle_type type;
  std::uint32_t private_flags;
  uv_close_cb close_callback;
  ListNode registered;  // in the loop's list of all handles; programs walk it there
  const HandleKind* kind;

  HandleTail& tail() {
    return *reinterpret_cast<HandleTail*>(reinterpret_cast<unsigned char*>(this) +
                                          kHandleTailOffset);
  }
  const HandleTail& tail() const { return const_cast<Handle*>(this)->tail(); }

  // Is any of these set?
  bool has(HandleFlags flags) const {
    return ((tail().flags & low(flags)) | (private_flags & high(flags))) != 0;
  }
  void set(HandleFlags flags) {
    tail().flags |= low(flags);
    private_flags |= high(flags);
  }
  void clear(HandleFlags flags) {
    tail().flags &= ~low(flags);
    private_flags &= ~high(flags);
  }
  void set_to(HandleFlags flags, bool on) { on ? set(flags) : clear(flags); }

 private:
  static constexpr std::uint32_t low(HandleFlags flags) {
    return static_cast<std::uint32_t>(flags);
  }
  static constexpr std::uint32_t high(HandleFlags flags) {
    return static_cast<std::uint32_t>(flags >> 32);
  }
};

static_assert(sizeof(Handle) <= kHandleTailOffset);
static_assert(offsetof(Handle, public_loop) == offsetof(uv_handle_t, loop));
static_assert(offsetof(Handle, type) == offsetof(uv_handle_t, type));
static_assert(offsetof(Handle, close_callback) == offsetof(uv_handle_t, close_cb));
static_assert(offsetof(Handle, registered) == offsetof(uv_handle_t, handle_queue));

// The room between the front and the tail of every handle.
inline constexpr std::size_t kHandleRoom = kHandleTailOffset - sizeof(Handle);

// The accessor between a public struct and our object behind it: view<Timer>(uv_timer_t*). Each of
// our types says which public type it overlays (`using Public = uv_timer_t`).
template <typename Typed>
Typed& view(typename Typed::Public* handle) {
  static_assert(sizeof(Typed) <= sizeof(typename Typed::Public), "the public struct is frozen");
  static_assert(alignof(Typed) <= alignof(typename Typed::Public));
  return *reinterpret_cast<Typed*>(handle);
}

template <typename Typed>
const Typed& view(const typename Typed::Public* handle) {
  return view<Typed>(const_cast<typename Typed::Public*>(handle));
}

template <typename Typed>
typename Typed::Public* public_handle(Typed& typed) {
  return reinterpret_cast<typename Typed::Public*>(&typed);
}

inline Handle& handle_of(uv_handle_t* handle) {
  return *reinterpret_cast<Handle*>(handle);
}
inline const Handle& handle_of(const uv_handle_t* handle) {
  return *reinterpret_cast<const Handle*>(handle);
}
inline uv_handle_t* public_handle(Handle& handle) {
  return reinterpret_cast<uv_handle_t*>(&handle);
}

// Every typed object starts with `Handle handle`, so the two have one address.
template <typename Typed>
Typed& typed_from(Handle& handle) {
  static_assert(offsetof(Typed, handle) == 0);
  return reinterpret_cast<Typed&>(handle);
}

// Zeroes the object, except for the user's `data`, and links it into the loop, referenced and
// inactive. A handle that is initialised twice in a row without being closed is linked only once.
void init_handle(Loop& loop, Handle& handle, const HandleKind& kind, std::size_t size);

template <typename Typed>
Typed& init_typed_handle(Loop& loop, typename Typed::Public* handle, const HandleKind& kind) {
  static_assert(sizeof(Typed) >= sizeof(uv_handle_t), "it zeroes the tail, too");
  Typed& typed = view<Typed>(handle);
  init_handle(loop, typed.handle, kind, sizeof(Typed));
  return typed;
}

// All handles of a loop, linked by `registered`. The list's head lies in a public field of
// uv_loop_t; some tools walk it there.
inline List& handles_of(uv_loop_t& loop) {
  static_assert(sizeof(loop.handle_queue) == sizeof(List));
  return reinterpret_cast<List&>(loop.handle_queue);
}
inline Handle& registered_handle(ListNode& node) {
  return object_from_member<Handle>(&node, offsetof(Handle, registered));
}

// Undoes init_handle() for an initialiser that fails after it.
void unregister_handle(Handle& handle);

// Takes the handle out of the loop's list of all handles. Walks that are under way step over it.
void remove_from_registry(Handle& handle);

// A walk over the handles that the loop has now, the internal ones included. Handles that are
// registered meanwhile are not visited. Between two calls of next() the program may start other
// walks, close handles, and run the loop, whose closing phase removes handles. The walk that began
// last ends first.
class HandleWalk {
 public:
  explicit HandleWalk(Loop& loop);
  ~HandleWalk();
  HandleWalk(const HandleWalk&) = delete;
  HandleWalk& operator=(const HandleWalk&) = delete;

  // Null when all were visited.
  Handle* next();

 private:
  friend void remove_from_registry(Handle& handle);
  void step_over(const ListNode& removed);

  Loop& loop_;
  HandleWalk* outer_;
  ListNode* next_ = nullptr;  // null at the end
  ListNode* last_ = nullptr;
};

// Active and referenced handles keep the loop alive; the loop counts them.
void activate(Handle& handle);
void deactivate(Handle& handle);
void reference(Handle& handle);
void unreference(Handle& handle);

// Keeps our own handles out of uv_walk() and out of the loop's liveness.
void make_internal(Handle& handle);

// uv_close(): marks the handle, runs its kind's close().
void close_handle(Handle& handle, uv_close_cb callback);
// The end of what the kind's close() began: the close callback runs in this iteration's closing
// phase.
void finish_closing(Handle& handle);

// The typed object behind the public struct, and a handle's loop.
inline Loop& loop_of(const uv_loop_t* loop) {
  return *static_cast<Loop*>(loop->internal_fields);
}
inline Loop& loop_of(const Handle& handle) {
  return loop_of(handle.public_loop);
}

}  // namespace violet
