// What starting a child costs, by how much memory its parent uses. The times should be the same.
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "measure.h"

namespace {

constexpr long kChildren = 50;

void spawn_and_wait() {
  uv_loop_t loop;
  uv_loop_init(&loop);
  char name[] = "true";
  char* arguments[] = {name, nullptr};
  uv_process_options_t options = {};
  options.file = "/bin/true";
  options.args = arguments;
  options.exit_cb = [](uv_process_t* process, std::int64_t, int) {
    uv_close(reinterpret_cast<uv_handle_t*>(process), nullptr);
  };
  for (long i = 0; i < kChildren; ++i) {
    uv_process_t process;
    if (uv_spawn(&loop, &process, &options) != 0) std::exit(1);
    uv_run(&loop, UV_RUN_DEFAULT);
  }
  uv_loop_close(&loop);
}

void measure_with_memory(const char* name, std::size_t megabytes) {
  char* memory = static_cast<char*>(std::malloc(megabytes << 20));
  if (memory == nullptr) return;
  std::memset(memory, 1, megabytes << 20);
  bench::measure(name, kChildren, spawn_and_wait);
  std::free(memory);
}

}  // namespace

int main() {
  measure_with_memory("parent of 10 MiB", 10);
  measure_with_memory("parent of 512 MiB", 512);
  return 0;
}
