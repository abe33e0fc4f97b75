#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <thread>

#include "child.h"

namespace portable {
namespace {

// Where this runs may be a slow machine, or an emulated one.
constexpr double kPatience = 6;

// The program starts in another folder than the libraries were named in.
void name_from_the_root(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr) return;
  std::string folders;
  std::istringstream parts(value);
  for (std::string part; std::getline(parts, part, ':');) {
    std::error_code error;
    const auto whole = std::filesystem::absolute(part.empty() ? "." : part, error);
    folders += (folders.empty() ? "" : ":") + whole.string();
  }
  setenv(variable, folders.c_str(), 1);
}

// In the child: the scenario as a program that has just started.
[[noreturn]] void become(const Scenario& scenario, const std::string& self,
                         const std::string& folder) {
  setsid();
  const int nothing = open("/dev/null", O_RDONLY);
  const int trace = open((folder + "/trace").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (nothing < 0 || trace < 0 || dup2(nothing, 0) < 0 || dup2(trace, 1) < 0) _exit(126);
  if (nothing > 2) close(nothing);
  for (const char* variable : {"LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"})
    name_from_the_root(variable);
  if (chdir((folder + "/scratch").c_str()) != 0) _exit(126);
  setenv("TMPDIR", (folder + "/scratch").c_str(), 1);
  unsetenv("VIOLET_TIMER_ORDER");
  for (const auto& [key, value] : scenario.environment)
    setenv(key.c_str(), value.c_str(), 1);
  execl(self.c_str(), self.c_str(), "--trace", scenario.name, static_cast<char*>(nullptr));
  _exit(127);
}

std::string wait_for(pid_t child, double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (Clock::now() >= end) {
      kill(-child, SIGKILL);
      waitpid(child, &status, 0);
      return hung(seconds);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  if (WIFSIGNALED(status)) return "crashed: signal " + std::to_string(WTERMSIG(status)) + "\n";
  if (WEXITSTATUS(status) == 0) return "";
  return "ended with exit status " + std::to_string(WEXITSTATUS(status)) + "\n";
}

}  // namespace

std::string make_folder() {
  const char* temporary = std::getenv("TMPDIR");
  std::string folder = std::string(temporary ? temporary : "/tmp") + "/violet-XXXXXX";
  if (mkdtemp(folder.data()) != nullptr) return folder;
  std::perror(folder.c_str());
  return "";
}

std::string run_in_child(const Scenario& scenario, const std::string& self,
                         const std::string& folder) {
  const pid_t child = fork();
  if (child == 0) become(scenario, self, folder);
  return wait_for(child, scenario.timeout_seconds * kPatience);
}

}  // namespace portable
