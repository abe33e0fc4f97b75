#include "cli/program.h"

#include <uv.h>

#include <csignal>
#include <cstdint>

namespace cli {
namespace {

constexpr int kStandardStreams = 3;
constexpr int kSignalBase = 128;  // Shells add the signal's number to it.

// The child, and what is watched for its sake; all of it is closed when it has ended.
struct Child {
  uv_process_t process = {};
  uv_signal_t watchers[3] = {};
  int watcher_count = 0;
  std::int64_t status = 0;
  int ending_signal = 0;
};

void close(uv_handle_t* handle) {
  uv_close(handle, nullptr);
}

void on_exit(uv_process_t* process, std::int64_t status, int ending_signal) {
  Child* child = static_cast<Child*>(process->data);
  child->status = status;
  child->ending_signal = ending_signal;
  close(reinterpret_cast<uv_handle_t*>(process));
  for (int i = 0; i < child->watcher_count; ++i)
    close(reinterpret_cast<uv_handle_t*>(&child->watchers[i]));
}

// The terminal interrupts the child, too. We only outlive it.
void on_interrupt(uv_signal_t* /*watcher*/, int /*number*/) {}

void on_wish_to_end(uv_signal_t* watcher, int number) {
  uv_process_kill(&static_cast<Child*>(watcher->data)->process, number);
}

void watch_signal(uv_loop_t* loop, Child& child, int number, uv_signal_cb callback) {
  uv_signal_t& watcher = child.watchers[child.watcher_count];
  if (uv_signal_init(loop, &watcher) != 0) return;
  ++child.watcher_count;
  watcher.data = &child;
  // A system that has no such signal refuses; then nobody sends it.
  uv_signal_start(&watcher, callback, number);
}

int start(uv_loop_t* loop, Child& child, const char* const* words, uv_stdio_flags stream) {
  uv_stdio_container_t streams[kStandardStreams] = {};
  for (int i = 0; i < kStandardStreams; ++i) {
    streams[i].flags = stream;
    streams[i].data.fd = i;
  }
  uv_process_options_t options = {};
  options.file = words[0];
  options.args = const_cast<char**>(words);  // It is not written to.
  options.exit_cb = on_exit;
  options.stdio = streams;
  options.stdio_count = kStandardStreams;
  child.process.data = &child;
  return uv_spawn(loop, &child.process, &options);
}

// As run_to_end(), with streams of that kind.
std::optional<int> run(const char* const* words, uv_stdio_flags stream) {
  uv_loop_t loop;
  if (uv_loop_init(&loop) != 0) return std::nullopt;
  Child child;
  // Before the child is there: what comes meanwhile must not end us alone. It is told to the child
  // when the loop runs.
  watch_signal(&loop, child, SIGINT, on_interrupt);
  watch_signal(&loop, child, SIGTERM, on_wish_to_end);
  watch_signal(&loop, child, SIGHUP, on_wish_to_end);
  const int error = start(&loop, child, words, stream);
  if (error != 0) on_exit(&child.process, 0, 0);
  uv_run(&loop, UV_RUN_DEFAULT);
  uv_loop_close(&loop);
  if (error != 0) return std::nullopt;
  return child.ending_signal != 0 ? kSignalBase + child.ending_signal
                                  : static_cast<int>(child.status);
}

}  // namespace

bool succeeds(const char* const* words) {
  return run(words, UV_IGNORE) == 0;
}

std::optional<int> run_to_end(const char* const* words) {
  return run(words, UV_INHERIT_FD);
}

}  // namespace cli
