#include "handle/process.h"

#include <cassert>

#include "core/call.h"
#include "core/loop_owner.h"
#include "handle/child_watch.h"
#include "handle/process_stdio.h"
#include "handle/signal_dispatcher.h"
#include "os/process_info.h"
#include "os/spawn.h"

namespace violet {
namespace {

constexpr HandleFlags kEnded = kFirstTypeFlag;

SpawnOnWindows windows_options(unsigned flags) {
  SpawnOnWindows windows = {};
  windows.verbatim_arguments = (flags & UV_PROCESS_WINDOWS_VERBATIM_ARGUMENTS) != 0;
  windows.exact_name = (flags & UV_PROCESS_WINDOWS_FILE_PATH_EXACT_NAME) != 0;
  windows.hide_console = (flags & (UV_PROCESS_WINDOWS_HIDE | UV_PROCESS_WINDOWS_HIDE_CONSOLE)) != 0;
  windows.hide_window = (flags & (UV_PROCESS_WINDOWS_HIDE | UV_PROCESS_WINDOWS_HIDE_GUI)) != 0;
  return windows;
}

constexpr unsigned kKnownFlags =
    UV_PROCESS_SETUID | UV_PROCESS_SETGID | UV_PROCESS_WINDOWS_VERBATIM_ARGUMENTS |
    UV_PROCESS_DETACHED | UV_PROCESS_WINDOWS_HIDE | UV_PROCESS_WINDOWS_HIDE_CONSOLE |
    UV_PROCESS_WINDOWS_HIDE_GUI | UV_PROCESS_WINDOWS_FILE_PATH_EXACT_NAME;

void close(Handle& handle) {
  Process& process = typed_from<Process>(handle);
  // The child runs on. The watch reaps it when it ends, and tells nobody.
  if (process.watch != nullptr) process.watch->process = nullptr;
  process.ended.link.unlink_if_linked();
  finish_closing(handle);
}

constexpr HandleKind kProcessKind = {UV_PROCESS, close, nullptr};

void report_end(ReadyItem& item, Loop&) {
  Process& process = object_from_member<Process>(&item, offsetof(Process, ended));
  deactivate(process.handle);
  if (process.callback == nullptr) return;
  call_program(CallbackKind::kExit, process.callback, public_handle(process), process.exit_status,
               process.exit_signal);
}

SpawnPlan plan_for(const uv_process_options_t& options, const ChildStdio& stdio) {
  SpawnPlan plan = {};
  plan.file = options.file;
  plan.arguments = options.args;
  plan.environment = options.env;
  plan.directory = options.cwd;
  plan.descriptors = stdio.descriptors();
  plan.descriptor_count = stdio.count();
  plan.non_blocking = stdio.non_blocking();
  plan.new_session = (options.flags & UV_PROCESS_DETACHED) != 0;
  plan.set_user = (options.flags & UV_PROCESS_SETUID) != 0;
  plan.set_group = (options.flags & UV_PROCESS_SETGID) != 0;
  plan.user = options.uid;
  plan.group = options.gid;
  plan.windows = windows_options(options.flags);
  return plan;
}

int check(const uv_process_options_t& options) {
  if (options.file == nullptr || (options.flags & ~kKnownFlags) != 0) return UV_EINVAL;
  return ChildStdio::check(options);
}

int start_child(const uv_process_options_t& options, Child& child) {
  ChildStdio stdio;
  if (int error = stdio.prepare(options); error != 0) return error;
  if (int error = keep_children_for_reaping(); error != 0) return error;
  const int error = spawn(plan_for(options, stdio), child);
  if (error == 0) ChildStdio::name_child(options, child.pid);
  return error;
}

}  // namespace

int spawn_process(Loop& loop, uv_process_t* public_process, const uv_process_options_t& options) {
  Process& process = init_typed_handle<Process>(loop, public_process, kProcessKind);
  process.callback = options.exit_cb;
  process.ended.run = report_end;
  if (int error = check(options); error != 0) {
    unregister_handle(process.handle);
    return error;
  }
  // The child may write to the same pipe or terminal.
  offer_output_now(loop);
  Child child;
  if (int error = start_child(options, child); error != 0) return error;
  if (int error = watch_child(loop, process, child); error != 0) {
    kill_and_reap(child);
    return error;
  }
  process.pid = child.pid;
  activate(process.handle);
  return 0;
}

void child_ended(Process& process, const ExitStatus& exit) {
  assert(process.watch != nullptr && !process.handle.has(kEnded | kClosing));
  process.watch = nullptr;
  process.handle.set(kEnded);
  process.exit_status = exit.status;
  process.exit_signal = exit.signal;
  if (exit.status >= 0) process.wait_status = static_cast<int>(exit.status << 8 | exit.signal);
  // Put off, so that what the child wrote before its end, which arrives in this poll phase, is read
  // first.
  loop_of(process.handle).pending.push_back(process.ended);
}

void child_taken(Process& process) {
  process.handle.set(kEnded);
  child_lost(process);
}

void child_lost(Process& process) {
  process.watch = nullptr;
  deactivate(process.handle);
}

int signal_process(Process& process, int number) {
  // The pid of a child that was reaped may be someone else's by now.
  if (process.pid == 0 || process.handle.has(kEnded)) return UV_ESRCH;
  // In a forked child of ours there is no watch: the process is the parent's child.
  if (process.watch == nullptr) return kill_process(process.pid, number);
  return send_signal(process.watch->child, number);
}

}  // namespace violet
