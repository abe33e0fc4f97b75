// The BSDs' way to start a child, by vfork(2), on Linux: under names of its own beside Linux's.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#define spawn bsd_spawn
#define reap bsd_reap
#include "os/bsd/child_signals.cc"
#include "os/bsd/spawn.cc"
#include "os/bsd/spawn_child.cc"
#undef spawn
#undef reap

namespace violet {
namespace {

class BsdSpawn : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    ASSERT_NE(nullptr, mkdtemp(directory_));
    if (GetParam()) setenv("VIOLET_SPAWN", "fork", 1);
    output_ = open((directory() + "/output").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    ASSERT_GE(output_, 0);
  }
  void TearDown() override {
    unsetenv("VIOLET_SPAWN");
    close(output_);
    const std::string command = "rm -r " + directory();
    EXPECT_EQ(0, std::system(command.c_str()));
  }

  std::string directory() const { return directory_; }
  void write_file(const std::string& name, const std::string& text, mode_t mode) {
    const std::string path = directory() + "/" + name;
    std::ofstream(path) << text;
    ASSERT_EQ(0, chmod(path.c_str(), mode));
  }
  // What the child wrote to its standard output.
  std::string written() {
    std::ifstream file(directory() + "/output");
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

  // Starts it with the file as its standard output; what spawn() says.
  int start(std::initializer_list<const char*> arguments, Child& child) {
    std::vector<char*> all;
    for (const char* argument : arguments)
      all.push_back(const_cast<char*>(argument));
    all.push_back(nullptr);
    Descriptor descriptors[] = {kNoDescriptor, Descriptor::of(output_), kNoDescriptor, extra_};
    plan_.file = all[0];
    plan_.arguments = all.data();
    plan_.descriptors = descriptors;
    plan_.descriptor_count = 4;
    return bsd_spawn(plan_, child);
  }
  ExitStatus end_of(const Child& child) {
    ExitStatus exit = {-1, -1};
    while (!bsd_reap(child, exit))
      usleep(1000);
    return exit;
  }
  std::int64_t status_of(std::initializer_list<const char*> arguments) {
    Child child;
    const int error = start(arguments, child);
    EXPECT_EQ(0, error);
    return error == 0 ? end_of(child).status : error;
  }
  int failure_of(std::initializer_list<const char*> arguments) {
    Child child;
    const int error = start(arguments, child);
    // Nothing is left behind.
    EXPECT_EQ(-1, waitpid(-1, nullptr, WNOHANG));
    return error;
  }

  SpawnPlan plan_ = {};
  Descriptor extra_;
  int output_ = -1;

 private:
  char directory_[32] = "/tmp/violet-spawn-XXXXXX";
};

TEST_P(BsdSpawn, TellsTheStatusAndTheSignal) {
  EXPECT_EQ(7, status_of({"sh", "-c", "exit 7"}));
  Child child;
  ASSERT_EQ(0, start({"sleep", "100"}, child));
  ExitStatus exit;
  EXPECT_FALSE(bsd_reap(child, exit));
  EXPECT_EQ(0, send_signal(child, SIGTERM));
  EXPECT_EQ(SIGTERM, end_of(child).signal);
  EXPECT_EQ(UV_ESRCH, end_of(child).status) << "its status is taken";
  ASSERT_EQ(0, start({"sleep", "100"}, child));
  kill_and_reap(child);
  EXPECT_EQ(UV_ESRCH, end_of(child).status);
}

TEST_P(BsdSpawn, TellsWhyNot) {
  write_file("data", "exit 0\n", 0644);
  EXPECT_EQ(UV_ENOENT, failure_of({"violet-no-such-program"}));
  EXPECT_EQ(UV_EACCES, failure_of({directory().c_str()}));
  EXPECT_EQ(UV_EACCES, failure_of({(directory() + "/data").c_str()}));
  EXPECT_EQ(UV_E2BIG, failure_of({"true", std::string(1 << 20, 'x').c_str()}));
  plan_.directory = "/nowhere";
  EXPECT_EQ(UV_ENOENT, failure_of({"true"}));
  plan_.directory = nullptr;
  extra_ = Descriptor::of(100000);
  EXPECT_EQ(UV_EBADF, failure_of({"true"}));
  extra_ = kNoDescriptor;
  EXPECT_EQ(0, status_of({"true"})) << "and starts the next one all the same";
}

TEST_P(BsdSpawn, RunsAScriptFromItsDirectory) {
  write_file("script", "echo $# $(pwd)\nexit 5\n", 0755);
  const std::string where = directory();
  plan_.directory = where.c_str();
  EXPECT_EQ(5, status_of({"./script", "one", "two"}));
  EXPECT_EQ("2 " + where + "\n", written());
}

TEST_P(BsdSpawn, PlacesDescriptors) {
  // The third one lies where the output has to go, and does not block.
  extra_ = Descriptor::of(1);
  EXPECT_EQ(0, status_of({"sh", "-c", "test -e /dev/fd/3 && read x; echo $?"}));
  EXPECT_EQ("1\n", written()) << "the null device is at its end";
}

TEST_P(BsdSpawn, GivesDefaultSignalsAndLeavesTheParentsOwn) {
  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &blocked, &before);
  const auto pipe_action = signal(SIGPIPE, SIG_IGN);
  const auto user_action = signal(SIGUSR1, [](int) {});
  EXPECT_EQ(0, status_of({"grep", "-E", "SigBlk|SigIgn", "/proc/self/status"}));
  EXPECT_NE(SIG_DFL, signal(SIGUSR1, user_action));
  EXPECT_EQ(SIG_IGN, signal(SIGPIPE, pipe_action));
  sigset_t now;
  pthread_sigmask(SIG_SETMASK, &before, &now);
  EXPECT_EQ(1, sigismember(&now, SIGTERM));
  EXPECT_EQ("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n", written());
}

INSTANTIATE_TEST_SUITE_P(Ways, BsdSpawn, testing::Bool(),
                         [](const auto& info) { return info.param ? "Fork" : "Vfork"; });

TEST(ProgramSearch, KnowsWhetherADirectoryMatters) {
  const struct {
    const char* file;
    const char* path;
    bool depends;
  } cases[] = {{"/bin/true", "PATH=", false},
               {"./here", "PATH=/bin", true},
               {"true", "PATH=/bin:/usr/bin", false},
               {"true", "PATH=/bin:", true},
               {"true", "PATH=/bin:relative", true},
               {"true", "PATH=:/bin", true},
               {"true", "PATH=", true}};
  for (const auto& test : cases) {
    char* arguments[] = {const_cast<char*>(test.file), nullptr};
    char* environment[] = {const_cast<char*>(test.path), nullptr};
    ProgramSearch search;
    ASSERT_TRUE(search.prepare(test.file, arguments, environment));
    EXPECT_EQ(test.depends, search.depends_on_directory()) << test.file << " " << test.path;
  }
}

}  // namespace
}  // namespace violet
