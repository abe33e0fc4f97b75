// What starting a child costs by how much memory its parent uses: the times, and their ratio, which
// should be 1. The parents take turns, in changing order, so that a busy machine slows them alike.
// A third one, as small as the first, tells how far apart equal parents are measured.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "measure.h"

namespace {

constexpr std::size_t kParents = 3;
constexpr std::size_t kWarmUp = 10;
constexpr std::size_t kChildren = 300;
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

std::array<double, kParents> median_times(std::array<Parent, kParents>& parents) {
  std::array<std::vector<double>, kParents> times;
  for (std::size_t child = 0; child < kWarmUp + kChildren; ++child) {
    for (std::size_t turn = 0; turn < kParents; ++turn) {
      const std::size_t parent = (child + turn) % kParents;
      const double time = parents[parent].measure();
      if (child >= kWarmUp) times[parent].push_back(time);
    }
  }
  return {median(times[0]), median(times[1]), median(times[2])};
}

}  // namespace

int main() {
  std::array<Parent, kParents> parents = {Parent(kSmallMegabytes), Parent(kLargeMegabytes),
                                          Parent(kSmallMegabytes)};
  const auto [small, large, other_small] = median_times(parents);
  for (Parent& parent : parents)
    parent.end();
  while (wait(nullptr) > 0) {
  }
  std::printf("%-32s %10.1f ns\n", "parent of 10 MiB", small);
  std::printf("%-32s %10.1f ns\n", "parent of 1024 MiB", large);
  std::printf("%-32s %10.3f\n", "ratio", large / small);
  std::printf("%-32s %10.3f\n", "ratio of equal parents", other_small / small);
  return 0;
}
