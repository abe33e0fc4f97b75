// Where the loop's thread is, as far as calling the program is concerned. It is kept for
// assertions, those of core/call.h above all: where they are off (NDEBUG) it is empty and costs
// nothing.
#pragma once

#include <cstdint>

namespace violet {

struct Loop;

enum class Inside : std::uint8_t {
  kNothing,   // outside of a run
  kDispatch,  // a run hands out what is ready: the one place that callbacks come from
  kCallback,  // the program, which may call us; what comes of it is for a later dispatch
  kEngine,    // the engine waits or flushes: it links what became ready and runs nothing
  kOutput,    // queued output is offered to the kernel; its callbacks are for a later dispatch
};

#ifdef NDEBUG

struct CallState {};

class InsideScope {
 public:
  InsideScope(Loop&, Inside) {}
};

#else

struct CallState {
  Inside inside;
  const void* thread;  // names the one that is inside
};

// While it exists, the calling thread is there with the loop. Scopes end in the opposite order of
// their beginnings; a run inside of a callback begins anew.
class InsideScope {
 public:
  InsideScope(Loop& loop, Inside inside);
  ~InsideScope();
  InsideScope(const InsideScope&) = delete;
  InsideScope& operator=(const InsideScope&) = delete;

 private:
  Loop& loop_;
  CallState outer_;
  std::uint32_t outer_runs_;
};

// Names the calling thread.
const void* calling_thread();
// Whether it is inside of a run, of whatever loop.
bool thread_runs_a_loop();

#endif

}  // namespace violet
