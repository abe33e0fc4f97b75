// A test that hangs or crashes is a failed one, and the others run all the same: the program starts
// anew behind it. For machines where nobody stands by and no ctest(1) counts the seconds; so where
// the system is not Linux, or where VIOLET_TEST_SECONDS says how long a test may take.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "platform.h"

namespace conformance {
namespace {

constexpr char kLostTests[] = "VIOLET_TESTS_LOST";  // names with colons between
constexpr int kCrashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGXFSZ};
constexpr int kDefaultSeconds = 120;  // twice what a watchdog of a test's own waits

int seconds_for_a_test() {
  const char* wanted = std::getenv("VIOLET_TEST_SECONDS");
  if (wanted != nullptr) return std::atoi(wanted);
  return kIsLinux ? 0 : kDefaultSeconds;
}

std::string lost_tests() {
  const char* names = std::getenv(kLostTests);
  return names == nullptr ? "" : names;
}

// How the program goes on behind the test that runs now. Complete before the test begins, so that a
// signal handler has only to call execve(2).
class NewStart {
 public:
  // The process as it was before the first test.
  void remember() {
    char path[4096];
    std::size_t size = sizeof(path);
    if (uv_exepath(path, &size) == 0) program_ = path;
    filter_ = GTEST_FLAG_GET(filter);
    filter_ += filter_.find('-') == std::string::npos ? "-" : ":";
    pthread_sigmask(SIG_SETMASK, nullptr, &mask_);
    getrlimit(RLIMIT_NOFILE, &descriptors_);
    process_ = getpid();
  }

  void prepare(const std::string& test) {
    message_ = "\n[   LOST   ] " + test + "\n";
    filter_ += test + ":";
    const std::string before = lost_tests();
    lost_ = std::string(kLostTests) + "=" + (before.empty() ? "" : before + ":") + test;
    filter_argument_ = "--gtest_filter=" + filter_;
    arguments_ = {program_.data(), filter_argument_.data(), nullptr};
    environment_.clear();
    // Looked up: where the program names it, it has a copy of it, which the library that is traced
    // (tools/compat) would not share.
    char** const* found = static_cast<char***>(dlsym(RTLD_DEFAULT, "environ"));
    char* none = nullptr;
    for (char* const* variable = found != nullptr ? *found : &none; *variable != nullptr;
         ++variable) {
      if (std::strncmp(*variable, kLostTests, sizeof(kLostTests) - 1) == 0) continue;
      environment_.push_back(*variable);
    }
    environment_.push_back(lost_.data());
    environment_.push_back(nullptr);
  }

  // Whether this is the process of the tests, and no child of one.
  bool is_its_process() const { return getpid() == process_; }

  // Async-signal-safe. Comes back only where the program cannot be started.
  void go() {
    [[maybe_unused]] const ssize_t said = write(STDERR_FILENO, message_.data(), message_.size());
    if (program_.empty()) return;
    setrlimit(RLIMIT_NOFILE, &descriptors_);
    for (int descriptor = STDERR_FILENO + 1; descriptor < 1024; ++descriptor)
      close(descriptor);
    pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
    execve(program_.data(), arguments_.data(), environment_.data());
  }

 private:
  std::string program_, filter_, filter_argument_, lost_, message_;
  std::vector<char*> arguments_, environment_;
  sigset_t mask_;
  rlimit descriptors_;
  pid_t process_ = 0;
};

NewStart new_start;
std::atomic<int> test_number;
std::atomic<bool> is_starting_anew;

void on_crash(int number) {
  if (new_start.is_its_process() && !is_starting_anew.exchange(true)) new_start.go();
  // By the default action, as the handler was for once.
  raise(number);
}

// Looks each second whether it is still the same test.
void* watch(void* seconds_given) {
  const int limit = static_cast<int>(reinterpret_cast<std::intptr_t>(seconds_given));
  for (int seconds = 0, seen = 0;; ++seconds) {
    uv_sleep(1000);
    if (const int now = test_number; now != seen) seen = now, seconds = 0;
    if (seconds < limit || is_starting_anew.exchange(true)) continue;
    new_start.go();
    std::_Exit(1);
  }
}

class LostTestListener : public testing::EmptyTestEventListener {
 public:
  explicit LostTestListener(int seconds) : seconds_(seconds) {}

  void OnTestProgramStart(const testing::UnitTest&) override {
    new_start.remember();
    struct sigaction action = {};
    action.sa_handler = on_crash;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
    for (int number : kCrashes)
      sigaction(number, &action, nullptr);
    start_watching();
  }

  void OnTestStart(const testing::TestInfo& test) override {
    // Children of lost tests are this process's still.
    while (!lost_tests().empty() && waitpid(-1, nullptr, WNOHANG) > 0)
      continue;
    new_start.prepare(std::string(test.test_suite_name()) + "." + test.name());
    ++test_number;
  }

 private:
  // No signal of the tests may find the thread.
  void start_watching() const {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    void* argument = reinterpret_cast<void*>(std::intptr_t{seconds_});
    if (pthread_create(&thread, nullptr, watch, argument) == 0) pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }

  const int seconds_;
};

// What was lost in the starts before fails the program at its end.
class LostTests : public testing::Environment {
 public:
  void TearDown() override {
    const std::string names = lost_tests();
    if (!names.empty()) ADD_FAILURE() << "hung or crashed: " << names;
  }
};

const bool installed = [] {
  const int seconds = seconds_for_a_test();
  if (seconds <= 0) return false;
  testing::UnitTest::GetInstance()->listeners().Append(new LostTestListener(seconds));
  testing::AddGlobalTestEnvironment(new LostTests);
  return true;
}();

}  // namespace
}  // namespace conformance
