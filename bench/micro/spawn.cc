// What starting a child costs by how much memory its parent uses: the times, and their ratio, which
// should be 1. Both parents take turns, so that a busy machine slows them alike.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "measure.h"

namespace {

constexpr int kWarmUp = 10;
constexpr int kChildren = 150;
constexpr std::size_t kSmallMegabytes = 10;
constexpr std::size_t kLargeMegabytes = 1024;

double nanoseconds_to_spawn(uv_loop_t& loop) {
  char name[] = "true";
  char* arguments[] = {name, nullptr};
  uv_process_options_t options = {};
  options.file = "/bin/true";
  options.args = arguments;
  options.exit_cb = [](uv_process_t* process, std::int64_t, int) {
    uv_close(reinterpret_cast<uv_handle_t*>(process), nullptr);
  };
  uv_process_t process;
  std::uint64_t started = uv_hrtime();
  int error = uv_spawn(&loop, &process, &options);
  std::uint64_t ended = uv_hrtime();
  if (error != 0) std::exit(1);
  uv_run(&loop, UV_RUN_DEFAULT);
  return static_cast<double>(ended - started);
}

// A parent of a certain size, in a process of its own. It measures one child for each byte it is
// sent.
class Parent {
 public:
  explicit Parent(std::size_t megabytes) {
    int asks[2], answers[2];
    if (pipe(asks) != 0 || pipe(answers) != 0) std::exit(1);
    if (fork() == 0) {
      close(asks[1]);  // So that it ends with us.
      serve(megabytes, asks[0], answers[1]);
    }
    close(asks[0]);
    close(answers[1]);
    ask_ = asks[1];
    answer_ = answers[0];
  }

  double measure() {
    double time = 0;
    if (write(ask_, "", 1) != 1 || read(answer_, &time, sizeof(time)) != sizeof(time)) std::exit(1);
    return time;
  }
  void end() {
    close(ask_);
    close(answer_);
  }

 private:
  [[noreturn]] static void serve(std::size_t megabytes, int ask, int answer) {
    char* memory = static_cast<char*>(std::malloc(megabytes << 20));
    uv_loop_t loop;
    if (memory == nullptr || uv_loop_init(&loop) != 0) _exit(1);
    std::memset(memory, 1, megabytes << 20);
    char byte;
    while (read(ask, &byte, 1) == 1) {
      double time = nanoseconds_to_spawn(loop);
      if (write(answer, &time, sizeof(time)) != sizeof(time)) break;
    }
    _exit(0);
  }

  int ask_;
  int answer_;
};

double median(std::vector<double> times) {
  std::nth_element(times.begin(), times.begin() + kChildren / 2, times.end());
  return times[kChildren / 2];
}

}  // namespace

int main() {
  Parent small(kSmallMegabytes);
  Parent large(kLargeMegabytes);
  for (int i = 0; i < kWarmUp; ++i) {
    small.measure();
    large.measure();
  }
  std::vector<double> small_times, large_times;
  for (int i = 0; i < kChildren; ++i) {
    small_times.push_back(small.measure());
    large_times.push_back(large.measure());
  }
  large.end();
  small.end();
  while (wait(nullptr) > 0) {
  }
  std::printf("%-32s %10.1f ns\n", "parent of 10 MiB", median(small_times));
  std::printf("%-32s %10.1f ns\n", "parent of 1024 MiB", median(large_times));
  std::printf("%-32s %10.3f\n", "ratio", median(large_times) / median(small_times));
  return 0;
}
