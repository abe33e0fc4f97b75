// Starting programs on Windows, below the handle: quoting, environment, descriptors, exit codes.
#include <gtest/gtest.h>
#include <io.h>

#include <cstdio>
#include <string>
#include <vector>

#include "os/file.h"
#include "os/open_files.h"
#include "os/spawn.h"
#include "os/windows/command_line.h"
#include "uv.h"

namespace violet {
namespace {

// The program beside this one that tells what it was started with (tests/support/told_child.c).
std::string child_program() {
  char path[1024];
  std::size_t size = sizeof(path);
  EXPECT_EQ(0, uv_exepath(path, &size));
  std::string program = path;
  return program.substr(0, program.find_last_of('\\') + 1) + "told_child.exe";
}

struct Told {
  int error = 0;
  std::int64_t status = -1;
  std::string text;
};

ExitStatus wait_for(const Child& child) {
  ExitStatus exit = {};
  EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(system_handle(child.descriptor.get()), 20'000));
  EXPECT_TRUE(reap(child, exit));
  return exit;
}

// Runs it with its output in a pipe.
Told run(SpawnPlan plan, std::vector<std::string> arguments) {
  std::vector<char*> list;
  for (std::string& argument : arguments)
    list.push_back(argument.data());
  list.push_back(nullptr);
  uv_file ends[2];
  EXPECT_EQ(0, create_pipe(ends, 0, 0));
  Descriptor descriptors[] = {kNoDescriptor, descriptor_of_file(ends[1]), kNoDescriptor};
  const std::string program = child_program();
  if (plan.file == nullptr) plan.file = program.c_str();
  plan.arguments = list.data();
  plan.descriptors = descriptors;
  plan.descriptor_count = 3;
  Told told;
  Child child;
  told.error = spawn(plan, child);
  close_file(ends[1]);
  if (told.error == 0) {
    char room[4096];
    uv_buf_t buffer = uv_buf_init(room, sizeof(room));
    for (std::int64_t count; (count = read_file(ends[0], &buffer, 1, -1)) > 0;)
      told.text.append(room, static_cast<std::size_t>(count));
    told.status = wait_for(child).status;
  }
  close_file(ends[0]);
  return told;
}

TEST(Spawn, ArgumentsArriveAsTheyWereGiven) {
  const std::vector<std::string> arguments = {
      "told",         "plain",   "with space", "",         "quo\"te", "back\\slash", "trail\\",
      "sp trail\\\\", "\\\"mix", "tab\tx",     "a\\\\\"b", "\"",      "%PATH%",      "\xc3\xa4"};
  const Told told = run({}, arguments);
  ASSERT_EQ(0, told.error);
  std::string expected;
  for (const std::string& argument : arguments)
    expected += "[" + argument + "]\n";
  EXPECT_EQ(expected, told.text);
  EXPECT_EQ(7, told.status);
}

TEST(Spawn, VerbatimArgumentsAreOnlyJoined) {
  WideArray line;
  char first[] = "a b";
  char second[] = "\"c";
  char* arguments[] = {first, second, nullptr};
  ASSERT_EQ(0, make_command_line(arguments, true, line));
  EXPECT_STREQ(L"a b \"c", line.data());
}

TEST(Spawn, TheEnvironmentHasWhatWasGivenAndWhatIsRequired) {
  char one[] = "VIOLET_B=two";
  char other[] = "violet_a=one";
  char empty[] = "VIOLET_C=";
  char none[] = "no variable";
  char* environment[] = {one, other, empty, none, nullptr};
  SpawnPlan plan = {};
  plan.environment = environment;
  const Told told = run(plan, {"told", "--environment"});
  EXPECT_NE(std::string::npos, told.text.find("violet_a=one\nVIOLET_B=two\nVIOLET_C=\n"))
      << "sorted without regard to case: " << told.text;
  EXPECT_NE(std::string::npos, told.text.find("\nUSERPROFILE=")) << told.text;
  EXPECT_EQ(std::string::npos, told.text.find("no variable"));
  char* nothing[] = {nullptr};
  plan.environment = nothing;
  EXPECT_EQ(std::string::npos, run(plan, {"told", "--environment"}).text.find("VIOLET"));
}

TEST(Spawn, BeginsInTheDirectory) {
  SpawnPlan plan = {};
  plan.directory = "c:\\windows";
  EXPECT_STRCASEEQ("c:\\windows\n", run(plan, {"told", "--directory"}).text.c_str());
  plan.directory = "c:\\no such directory";
  EXPECT_EQ(UV_ENOENT, run(plan, {"told"}).error);
}

TEST(Spawn, FindsPrograms) {
  const std::string program = child_program();
  const std::string bare = program.substr(0, program.size() - 4);
  const std::string folder = program.substr(0, program.find_last_of('\\'));
  SpawnPlan plan = {};
  plan.file = bare.c_str();
  EXPECT_EQ(7, run(plan, {"told"}).status) << "without its ending";
  plan.windows.exact_name = true;
  EXPECT_EQ(7, run(plan, {"told"}).status) << "first as it is, then with an ending";
  plan.windows = {};
  std::string path = "PATH=;c:\\nowhere;\"" + folder + "\"";
  char* environment[] = {path.data(), nullptr};
  plan.environment = environment;
  plan.directory = "c:\\windows";
  plan.file = "told_child";
  EXPECT_EQ(7, run(plan, {"told"}).status) << "in the child's own PATH";
  plan.environment = nullptr;
  EXPECT_EQ(UV_ENOENT, run(plan, {"told"}).error);
  for (const char* nothing : {"", "c:\\windows", "c:\\windows\\", "nonesuch.exe"}) {
    plan.file = nothing;
    EXPECT_EQ(UV_ENOENT, run(plan, {"told"}).error) << nothing;
  }
}

// As a user forbids it, who does not trust what lies in the folders that he works in.
TEST(Spawn, LooksIntoItsFolderUnlessThatIsForbidden) {
  const std::string program = child_program();
  const std::string folder = program.substr(0, program.find_last_of('\\'));
  char path[] = "PATH=c:\\nowhere";
  char* environment[] = {path, nullptr};
  SpawnPlan plan = {};
  plan.environment = environment;
  plan.directory = folder.c_str();
  plan.file = "told_child";
  EXPECT_EQ(7, run(plan, {"told"}).status);
  constexpr const wchar_t* kForbidden = L"NoDefaultCurrentDirectoryInExePath";
  ASSERT_TRUE(SetEnvironmentVariableW(kForbidden, L"1"));
  EXPECT_EQ(UV_ENOENT, run(plan, {"told"}).error);
  SetEnvironmentVariableW(kForbidden, nullptr);
}

TEST(Spawn, TellsWhyNot) {
  SpawnPlan plan = {};
  plan.set_user = true;
  EXPECT_EQ(UV_ENOTSUP, run(plan, {"told"}).error);
  EXPECT_EQ(UV_EINVAL, run({}, {}).error) << "no arguments";
  EXPECT_EQ(UV_EINVAL, run({}, {"\xff"}).error) << "no WTF-8";
}

// The C library of the child finds them by number, and nothing else comes along.
TEST(Spawn, DescriptorsBeyondTheThirdArrive) {
  uv_file ends[2];
  ASSERT_EQ(0, create_pipe(ends, 0, 0));
  Descriptor descriptors[] = {kNoDescriptor, kNoDescriptor, kNoDescriptor, kNoDescriptor,
                              descriptor_of_file(ends[1])};
  const std::string program = child_program();
  char name[] = "told";
  char what[] = "--descriptor-4";
  char* arguments[] = {name, what, nullptr};
  SpawnPlan plan = {};
  plan.file = program.c_str();
  plan.arguments = arguments;
  plan.descriptors = descriptors;
  plan.descriptor_count = 5;
  Child child;
  ASSERT_EQ(0, spawn(plan, child));
  close_file(ends[1]);
  char room[64];
  uv_buf_t buffer = uv_buf_init(room, sizeof(room));
  const std::int64_t count = read_file(ends[0], &buffer, 1, -1);
  EXPECT_EQ("here, and 3 is closed",
            std::string(room, count > 0 ? static_cast<std::size_t>(count) : 0));
  EXPECT_EQ(0, read_file(ends[0], &buffer, 1, -1)) << "nobody else has the writing end";
  wait_for(child);
  close_file(ends[0]);
}

TEST(Spawn, AChildCanBeKilled) {
  const std::string program = child_program();
  char name[] = "told";
  char what[] = "--wait";
  char* arguments[] = {name, what, nullptr};
  SpawnPlan plan = {};
  plan.file = program.c_str();
  plan.arguments = arguments;
  Child child;
  ExitStatus exit = {};
  ASSERT_EQ(0, spawn(plan, child));
  EXPECT_GT(child.pid, 0);
  EXPECT_FALSE(reap(child, exit));
  EXPECT_EQ(0, send_signal(child, 0));
  EXPECT_EQ(UV_ENOSYS, send_signal(child, SIGHUP));
  EXPECT_EQ(UV_EINVAL, send_signal(child, NSIG));
  EXPECT_EQ(0, send_signal(child, SIGTERM));
  exit = wait_for(child);
  EXPECT_EQ(1, exit.status);
  EXPECT_EQ(SIGTERM, exit.signal);
  EXPECT_EQ(UV_ESRCH, send_signal(child, SIGTERM));
  Child other;
  ASSERT_EQ(0, spawn(plan, other));
  kill_and_reap(other);
  EXPECT_FALSE(other.descriptor.is_open());
}

TEST(Spawn, StdioPairsAreConnected) {
  OwnedDescriptor parent, child;
  ASSERT_EQ(0, create_stdio_pair(parent, child, false, false));
  DWORD count = 0;
  ASSERT_TRUE(WriteFile(system_handle(child.get()), "text", 4, &count, nullptr));
  DWORD waiting = 0;
  ASSERT_TRUE(PeekNamedPipe(system_handle(parent.get()), nullptr, 0, nullptr, &waiting, nullptr));
  EXPECT_EQ(4u, waiting);
}

}  // namespace
}  // namespace violet
