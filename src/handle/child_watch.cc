#include "handle/child_watch.h"

#include "base/allocator.h"
#include "handle/process.h"
#include "handle/signal.h"
#include "os/signal_actions.h"

namespace violet {
namespace {

struct LoopProcesses {
  List children;
  // For children that the engine cannot watch, or told of too early; internal.
  uv_signal_t child_signal;
  bool has_child_signal;
  ReadyItem look;  // for children that ended before somebody listened to their signal
};

LoopProcesses& processes_of(Loop& loop) {
  return *static_cast<LoopProcesses*>(loop.processes.state);
}

ChildWatch& watch_of(ListNode& node) {
  return object_from_member<ChildWatch>(&node, offsetof(ChildWatch, link));
}

void drop(Loop& loop, ChildWatch& watch) {
  loop.engine->forget(watch.channel);
  watch.link.unlink();
  destroy(&watch);
}

// False while the child runs on.
bool reap_if_ended(Loop& loop, ChildWatch& watch) {
  ExitStatus exit;
  if (!reap(watch.child, exit)) return false;
  Process* process = watch.process;
  drop(loop, watch);
  if (process == nullptr) return true;
  if (exit.status == UV_ESRCH) {
    // The program reaped it, as Neovim does when its own signal handler runs, so it knows, and the
    // status is lost to us.
    child_taken(*process);
  } else {
    child_ended(*process, exit);
  }
  return true;
}

void reap_ended(Loop& loop) {
  LoopProcesses& processes = processes_of(loop);
  for_each_linked_now(processes.children,
                      [&loop](ListNode& node) { reap_if_ended(loop, watch_of(node)); });
  // The signal is asked for again with the next child that needs it. Until then the program may set
  // an action of its own.
  if (processes.children.empty()) stop(view<Signal>(&processes.child_signal));
}

void on_child_signal(uv_signal_t* signal, int) {
  reap_ended(loop_of(signal->loop));
}

void on_look(ReadyItem&, Loop& loop) {
  reap_ended(loop);
}

int start_child_signal(Loop& loop) {
  LoopProcesses& processes = processes_of(loop);
  if (!processes.has_child_signal) {
    if (int error = init_signal(loop, &processes.child_signal); error != 0) return error;
    make_internal(view<Signal>(&processes.child_signal).handle);
    processes.has_child_signal = true;
  }
  Signal& signal = view<Signal>(&processes.child_signal);
  if (signal.number != 0) return 0;
  if (int error = start(signal, on_child_signal, kChildSignal, false); error != 0) return error;
  // Put off to the pending phase: uv_spawn() itself must not reap a child that the program would
  // have reaped itself.
  processes.look.run = on_look;
  loop.pending.push_back_once(processes.look);
  return 0;
}

// The engine has reported the end of the child.
void on_end_told(ReadyItem& item, Loop& loop) {
  Channel& channel = reinterpret_cast<Channel&>(item);
  channel.events = kNoEvents;
  ChildWatch& watch = object_from_member<ChildWatch>(&channel, offsetof(ChildWatch, channel));
  if (reap_if_ended(loop, watch)) return;
  // It cannot be reaped yet: some kernels report a child while it is still exiting, and the end of
  // a traced child goes to its tracer first. SIGCHLD comes when it can be reaped; on that signal
  // all children are looked at.
  if (start_child_signal(loop) == 0) {
    loop.engine->forget(channel);
  } else {
    loop.pending.push_back_once(channel.ready);
  }
}

int follow(Loop& loop, ChildWatch& watch) {
  prepare_channel(watch.channel, watch.child.descriptor.get(), on_end_told, Nature::kProcess,
                  Sharing::kOwn);
  const int error = loop.engine->watch_child(watch.channel, watch.child.pid);
  if (error == 0 || kChildSignal == kNoSignal) return error;
  return start_child_signal(loop);
}

int after_fork(Loop& loop) {
  while (ListNode* node = processes_of(loop).children.front()) {
    ChildWatch& watch = watch_of(*node);
    if (watch.process != nullptr) child_lost(*watch.process);
    drop(loop, watch);
  }
  return 0;
}

void release_processes(Loop& loop) {
  LoopProcesses& processes = processes_of(loop);
  while (ListNode* node = processes.children.front())
    drop(loop, watch_of(*node));
  processes.look.link.unlink_if_linked();
  if (processes.has_child_signal) {
    Signal& signal = view<Signal>(&processes.child_signal);
    stop(signal);
    unregister_handle(signal.handle);
  }
  release(&processes);
  loop.processes = {};
}

int prepare_loop(Loop& loop) {
  if (loop.processes.state != nullptr) return 0;
  LoopProcesses* processes = static_cast<LoopProcesses*>(allocate_zeroed(1, sizeof(LoopProcesses)));
  if (processes == nullptr) return UV_ENOMEM;
  processes->children.reset();
  loop.processes = {processes, nullptr, after_fork, release_processes};
  return 0;
}

}  // namespace

int watch_child(Loop& loop, Process& process, Child& child) {
  if (int error = prepare_loop(loop); error != 0) return error;
  ChildWatch* watch = create<ChildWatch>();
  if (watch == nullptr) return UV_ENOMEM;
  watch->process = &process;
  watch->child = std::move(child);
  if (int error = follow(loop, *watch); error != 0) {
    child = std::move(watch->child);
    destroy(watch);
    return error;
  }
  processes_of(loop).children.push_back(watch->link);
  process.watch = watch;
  return 0;
}

}  // namespace violet
