// Runs scenarios, each in a process and folder of its own, and tells by exit code.
//
//   scenarios              all of them
//   scenarios NAME...      these
//   scenarios --list       their names
//   scenarios --trace NAME runs one in this process; its trace goes to standard output
//
// LD_LIBRARY_PATH says where libuv.so.1 is, VIOLET_BACKEND which engine it uses.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "scenarios.h"

namespace {

using portable::Scenario;

const Scenario* find(const char* name) {
  for (const Scenario& scenario : portable::scenarios()) {
    if (std::strcmp(scenario.name, name) == 0) return &scenario;
  }
  return nullptr;
}

// In the child: the scenario as a program that has just started.
[[noreturn]] void become(const Scenario& scenario, const std::string& self,
                         const std::string& folder) {
  setsid();
  const int nothing = open("/dev/null", O_RDONLY);
  const int trace = open((folder + "/trace").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (nothing < 0 || trace < 0 || dup2(nothing, 0) < 0 || dup2(trace, 1) < 0) _exit(126);
  if (nothing > 2) close(nothing);
  if (chdir((folder + "/scratch").c_str()) != 0) _exit(126);
  setenv("TMPDIR", (folder + "/scratch").c_str(), 1);
  unsetenv("VIOLET_TIMER_ORDER");
  for (const auto& [key, value] : scenario.environment)
    setenv(key.c_str(), value.c_str(), 1);
  execl(self.c_str(), self.c_str(), "--trace", scenario.name, static_cast<char*>(nullptr));
  _exit(127);
}

// Empty, or how it came to a bad end.
std::string wait_for(pid_t child, double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (Clock::now() >= end) {
      kill(-child, SIGKILL);
      waitpid(child, &status, 0);
      return "hung: it was stopped after " + std::to_string(static_cast<int>(seconds)) + " s\n";
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  if (WIFSIGNALED(status)) return "crashed: signal " + std::to_string(WTERMSIG(status)) + "\n";
  if (WEXITSTATUS(status) == 0) return "";
  return "ended with exit status " + std::to_string(WEXITSTATUS(status)) + "\n";
}

enum class Verdict { kPassed, kFailed, kSkipped };

Verdict run(const Scenario& scenario, const std::string& self) {
  const char* temporary = std::getenv("TMPDIR");
  std::string folder = std::string(temporary ? temporary : "/tmp") + "/violet-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) {
    std::perror(folder.c_str());
    return Verdict::kFailed;
  }
  std::filesystem::create_directory(folder + "/scratch");
  const pid_t child = fork();
  if (child == 0) become(scenario, self, folder);
  const std::string ending = wait_for(child, scenario.timeout_seconds);
  std::ifstream file(folder + "/trace");
  const std::string trace((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::string skipped;
  std::string faults = ending + judge(scenario, trace, skipped);
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  if (!faults.empty()) {
    std::printf("FAILED  %s\n%s", scenario.name, faults.c_str());
    return Verdict::kFailed;
  }
  if (!skipped.empty()) std::printf("skipped %s: %s\n", scenario.name, skipped.c_str());
  return skipped.empty() ? Verdict::kPassed : Verdict::kSkipped;
}

int run_all(const std::vector<const Scenario*>& chosen, const std::string& self) {
  int passed = 0, failed = 0, skipped = 0;
  for (const Scenario* scenario : chosen) {
    const Verdict verdict = run(*scenario, self);
    passed += verdict == Verdict::kPassed;
    failed += verdict == Verdict::kFailed;
    skipped += verdict == Verdict::kSkipped;
    std::fflush(stdout);
  }
  std::printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
  return failed == 0 && passed > 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<const Scenario*> chosen;
  const std::string first = count > 1 ? arguments[1] : "";
  if (first == "--list") {
    for (const Scenario& scenario : portable::scenarios())
      std::puts(scenario.name);
    return 0;
  }
  const bool traces = first == "--trace";
  for (int i = traces ? 2 : 1; i < count; ++i) {
    const Scenario* scenario = find(arguments[i]);
    if (scenario == nullptr) {
      std::fprintf(stderr, "no such scenario: %s (--list tells them)\n", arguments[i]);
      return 2;
    }
    chosen.push_back(scenario);
  }
  if (traces) return chosen.size() == 1 ? chosen[0]->main() : 2;
  if (chosen.empty()) {
    for (const Scenario& scenario : portable::scenarios())
      chosen.push_back(&scenario);
  }
  // A scenario starts in another folder.
  std::error_code error;
  const std::string self = std::filesystem::absolute(arguments[0], error).string();
  return run_all(chosen, self);
}
