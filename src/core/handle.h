// What all handles have in common: the header at their front and the life cycle
// init → active ⇄ inactive → closing → closed.
#pragma once

#include <uv.h>

#include <cstddef>
#include <cstdint>

#include "core/list.h"
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

using HandleFlags = std::uint32_t;
inline constexpr HandleFlags kActive = 1;
inline constexpr HandleFlags kReferenced = 2;
inline constexpr HandleFlags kClosing = 4;          // uv_close() was called
inline constexpr HandleFlags kClosed = 8;           // the close callback has run or runs now
inline constexpr HandleFlags kInternal = 16;        // one of ours: uv_walk() does not show it
inline constexpr HandleFlags kFirstTypeFlag = 256;  // the types' own flags start here

// Overlays the front of every public handle. The members up to `type` are public fields.
struct Handle {
  void* data;
  uv_loop_t* public_loop;
  uv_handle_type type;
  HandleFlags flags;
  uv_close_cb close_callback;
  ListNode registered;   // in the loop's list of all handles
  Handle* next_closing;  // in the loop's queue of handles to close
  const HandleKind* kind;

  bool has(HandleFlags flag) const { return (flags & flag) != 0; }
  void set(HandleFlags flag) { flags |= flag; }
  void clear(HandleFlags flag) { flags &= ~flag; }
};

static_assert(sizeof(Handle) <= sizeof(uv_handle_t));
static_assert(offsetof(Handle, public_loop) == offsetof(uv_handle_t, loop));
static_assert(offsetof(Handle, type) == offsetof(uv_handle_t, type));

// Where a type's own private fields begin in every handle, and where its public ones do.
inline constexpr std::size_t kHandleHeaderSize = sizeof(Handle);
inline constexpr std::size_t kHandlePublicSize = sizeof(uv_handle_t);

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

// Zeroes the object (its own part; `data` keeps what the user put there), links it into the loop,
// referenced and inactive.
void init_handle(Loop& loop, Handle& handle, const HandleKind& kind, std::size_t size);

template <typename Typed>
Typed& init_typed_handle(Loop& loop, typename Typed::Public* handle, const HandleKind& kind) {
  Typed& typed = view<Typed>(handle);
  init_handle(loop, typed.handle, kind, sizeof(Typed));
  return typed;
}

// Undoes init_handle() for an initialiser that fails after it.
void unregister_handle(Handle& handle);

// Takes the handle out of the loop's list of all handles, from under the walks over it too.
void remove_from_registry(Handle& handle);

// A walk over the handles that the loop has now, the internal ones included. What is registered
// meanwhile comes behind the last one and is not visited. The visitor may walk, close, and run the
// loop, whose closing phase removes handles. Walks end in the opposite order of their beginnings.
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
// The handle may be handed back to its owner in this iteration's closing phase.
void finish_closing(Handle& handle);

Loop& loop_of(const Handle& handle);

}  // namespace violet
