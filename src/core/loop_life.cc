// Making, closing and forking a loop.
#include <array>
#include <cstring>

#include "base/allocator.h"
#include "core/loop.h"
#include "core/loop_owner.h"
#include "core/public_layout.h"
#include "os/environment.h"
#include "os/thread.h"

namespace violet {
namespace {

// An extension that uses another comes before it: the processes may hold a signal handle.
std::array<LoopExtension*, 3> extensions(Loop& loop) {
  return {&loop.processes, &loop.file_watches, &loop.signals};
}

bool wants_timers_first() {
  char order[8];
  return environment_value("VIOLET_TIMER_ORDER", order, sizeof(order)) > 0 &&
         std::strcmp(order, "1.44") == 0;
}

bool has_user_handles(uv_loop_t& loop) {
  List& handles = handles_of(loop);
  for (ListNode* node = handles.head.next; node != &handles.head; node = node->next) {
    if (!registered_handle(*node).has(kInternal)) return true;
  }
  return false;
}

void wait_for_senders(const Loop& loop) {
  while (loop.deliveries.load(std::memory_order_acquire) != 0)
    yield_thread();
}

void forget_threads_of_parent(Loop& loop) {
  loop.deliveries.store(0, std::memory_order_relaxed);
  List& handles = handles_of(*loop.public_loop);
  for (ListNode* node = handles.head.next; node != &handles.head; node = node->next) {
    Handle& handle = registered_handle(*node);
    if (handle.kind->forked != nullptr && !handle.has(kClosing)) handle.kind->forked(handle);
  }
}

}  // namespace

int init_loop(uv_loop_t* public_loop, const char* engine_name) {
  Loop* loop = create<Loop>();
  if (loop == nullptr) return UV_ENOMEM;
  if (int error = select_engine(engine_name, loop->selection); error != 0) {
    destroy(loop);
    return error;
  }
  loop->engine = loop->selection.engine;
  void* data = public_loop->data;
  std::memset(static_cast<void*>(public_loop), 0, sizeof(*public_loop));
  public_loop->data = data;
  public_loop->internal_fields = loop;
  handles_of(*public_loop).reset();
  loop->public_loop = public_loop;
  loop->engine->publish_descriptor(public_loop->backend_fd);
  show_port(*public_loop, *loop->engine);
  loop->timers_first = wants_timers_first();
  loop->idle.reset();
  loop->prepare.reset();
  loop->check.reset();
  loop->refused_connects.reset();
  update_time(*loop);
  enlist_loop(*loop);
  return 0;
}

int close_loop(uv_loop_t* public_loop) {
  // netdata closes a loop twice; libuv answers like this.
  if (public_loop->internal_fields == nullptr) return UV_EBUSY;
  Loop& loop = loop_of(public_loop);
  if (public_loop->active_reqs.count > 0 || first_closing(loop) != nullptr) return UV_EBUSY;
  if (has_user_handles(*public_loop)) return UV_EBUSY;
  wait_for_senders(loop);
  for (LoopExtension* extension : extensions(loop)) {
    if (extension->release != nullptr) extension->release(loop);
  }
  delist_loop(loop);
  loop.engine->destroy();
  loop.timers.release_memory();
  destroy(&loop);
  void* data = public_loop->data;
  std::memset(static_cast<void*>(public_loop), 0, sizeof(*public_loop));
  public_loop->data = data;
  public_loop->backend_fd = -1;
  return 0;
}

// Programs may call this without having forked. Then their other threads still exist, and one that
// is just delivering something uses the engine's wake-up, which is replaced here: so it is waited
// for.
int fork_loop(Loop& loop) {
  if (loop.is_forked) {
    forget_threads_of_parent(loop);
  } else {
    wait_for_senders(loop);
  }
  loop.is_forked = false;
  idle_ends(loop);
  if (int error = loop.engine->after_fork(); error != 0) return error;
  for (LoopExtension* extension : extensions(loop)) {
    if (extension->after_fork == nullptr) continue;
    if (int error = extension->after_fork(loop); error != 0) return error;
  }
  return 0;
}

}  // namespace violet
