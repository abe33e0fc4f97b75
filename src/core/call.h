// THE DOOR to the program. Every callback of the program is called here, with its kind and its
// handle or request, so that what holds for all of them is said once:
//
//   - no callback inside the call that started it: they come from a run's dispatch only;
//   - none from an engine, and none from the offering of output;
//   - none on another thread than the one that runs the loop;
//   - none of a handle after its close callback.
//
// These are assertions; without them (NDEBUG) a call through the door is the call itself.
// tools/check_architecture.py keeps others from calling past it.
#pragma once

#include <uv.h>

#include <cstdint>

#include "core/call_state.h"

namespace violet {

enum class CallbackKind : std::uint8_t {
  kAlloc,
  kRead,
  kWrite,
  kConnect,
  kShutdown,
  kConnection,
  kClose,
  kTimer,
  kIdle,
  kPrepare,
  kCheck,
  kAsync,
  kPoll,
  kSignal,
  kExit,
  kFileSystem,
  kFileEvent,
  kFilePoll,
  kUdpSend,
  kUdpReceive,
  kWork,  // on a thread of the pool
  kAfterWork,
  kAddressLookup,
  kNameLookup,
  kRandom,
  kWalk,  // inside of uv_walk(), which promises that
};

#ifdef NDEBUG

class CallScope {
 public:
  CallScope(CallbackKind, const uv_loop_t*, const void*) {}
};
class WorkScope {
 public:
  WorkScope() {}
};

#else

// While it exists the program's callback runs on the loop's thread. `handle` is the subject or the
// request's, null for requests without one.
class CallScope {
 public:
  CallScope(CallbackKind kind, const uv_loop_t* loop, const void* handle);

 private:
  InsideScope scope_;
};

// While it exists the program's work runs on a thread of the pool.
class WorkScope {
 public:
  WorkScope();
  ~WorkScope();
};

#endif

template <typename Subject>
const uv_loop_t* loop_of_subject(const Subject* subject) {
  if constexpr (requires { subject->loop; }) {
    return subject->loop;
  } else {
    return subject->handle->loop;
  }
}

template <typename Subject>
const void* handle_of_subject(const Subject* subject) {
  if constexpr (requires { subject->close_cb; }) {
    return subject;
  } else if constexpr (requires { subject->handle; }) {
    return subject->handle;
  } else {
    return nullptr;
  }
}

// `subject` is the public handle or request, which the callback may free; `callback` is not null.
template <typename Subject, typename... Parameters, typename... Arguments>
inline void call_program(CallbackKind kind, void (*callback)(Subject*, Parameters...),
                         Subject* subject, Arguments... arguments) {
  const CallScope scope(kind, loop_of_subject(subject), handle_of_subject(subject));
  // A trace of the program's callbacks begins and ends here.
  callback(subject, arguments...);
}

// The work of a uv_work_t (CallbackKind::kWork), on a thread of the pool.
inline void call_program_on_pool(uv_work_cb callback, uv_work_t* request) {
  const WorkScope scope;
  // As above.
  callback(request);
}

}  // namespace violet
