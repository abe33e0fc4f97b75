// Each program in a forked process, whose trace lies in memory that both have.
#include <dirent.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "children.h"
#include "machine.h"

namespace differential {
namespace {

struct Child {
  pid_t process = 0;  // 0: the place is free.
  const Program* program = nullptr;
  double deadline = 0;
  bool killed = false;
  TraceMemory* trace = nullptr;
  int errors = -1;  // Its standard error output.
  std::string folder;
};

double now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

bool prepare(Child& child, const std::string& base, std::size_t number) {
  void* memory =
      mmap(nullptr, sizeof(TraceMemory), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return false;
  child.trace = static_cast<TraceMemory*>(memory);
  child.errors = memfd_create("errors", MFD_CLOEXEC);
  child.folder = base + "/" + std::to_string(number);
  return child.errors >= 0;
}

void start(Child& child, const Program& program, const Options& options) {
  child.trace->length = 0;
  child.trace->truncated = false;
  child.program = &program;
  child.killed = false;
  child.deadline = now() + options.limit;
  if (ftruncate(child.errors, 0) != 0) std::exit(2);
  std::filesystem::create_directory(child.folder);
  child.process = fork();
  if (child.process != 0) return;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_IGN);
  lseek(child.errors, 0, SEEK_SET);
  dup2(child.errors, STDERR_FILENO);
  dup2(child.errors, STDOUT_FILENO);
  trace_into(child.trace);
  std::_Exit(run_program(program, child.folder));
}

std::string errors_of(const Child& child) {
  char text[2000];
  ssize_t length = pread(child.errors, text, sizeof(text), 0);
  return std::string(text, length > 0 ? static_cast<std::size_t>(length) : 0);
}

std::string exit_of(const Child& child, int status) {
  if (child.killed) return "hang";
  if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
  return WEXITSTATUS(status) == 0 ? "ok" : "status " + std::to_string(WEXITSTATUS(status));
}

void finish(Child& child, int status) {
  report(*child.program, exit_of(child, status), errors_of(child), *child.trace);
  child.process = 0;
  std::error_code ignored;
  std::filesystem::remove_all(child.folder, ignored);
}

void reap(std::vector<Child>& children, std::size_t& running) {
  int status;
  for (pid_t process; (process = waitpid(-1, &status, WNOHANG)) > 0;) {
    for (Child& child : children) {
      if (child.process != process) continue;
      finish(child, status);
      --running;
    }
  }
  for (Child& child : children) {
    if (child.process == 0 || child.killed || now() < child.deadline) continue;
    child.killed = true;
    kill(child.process, SIGKILL);
  }
}

}  // namespace

std::string make_folder() {
  const char* temporary = std::getenv("TMPDIR");
  std::string folder = std::string(temporary ? temporary : "/tmp") + "/differential.XXXXXX";
  return mkdtemp(folder.data()) == nullptr ? std::string() : folder;
}

// A child is the parent's copy.
int run_as_child(int, char**) {
  return 2;
}

void run_all(const std::vector<Program>& programs, const Options& options, const std::string& base,
             const std::string&) {
  sigset_t child_ended;
  sigemptyset(&child_ended);
  sigaddset(&child_ended, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child_ended, nullptr);
  std::vector<Child> children(options.jobs);
  for (std::size_t i = 0; i < children.size(); ++i) {
    if (!prepare(children[i], base, i)) std::exit(2);
  }
  std::size_t next = 0, running = 0;
  while (next < programs.size() || running > 0) {
    for (Child& child : children) {
      if (child.process != 0 || next == programs.size()) continue;
      start(child, programs[next++], options);
      ++running;
    }
    timespec pause{0, 100'000'000};
    sigtimedwait(&child_ended, nullptr, &pause);
    reap(children, running);
  }
}

}  // namespace differential
