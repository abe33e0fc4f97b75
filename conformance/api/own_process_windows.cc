#include "own_process.h"

#include <gtest/gtest.h>
#include <uv.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace conformance {
namespace {

// Set in a process that was started for the body of one call: which call of its test that is.
constexpr const char* kWantedCall = "VIOLET_TEST_WANTED_CALL";
// Tells the exit code that a body has returned from others.
constexpr DWORD kReturned = 0x20000000;
constexpr DWORD kMostResult = 99;
constexpr int kNotStarted = -1;
constexpr DWORD kMostMilliseconds = 60000;

// Counts the calls of the running test.
int count_call() {
  static testing::TimeInMillis test_began = -1;
  static int calls = 0;
  const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
  const testing::TimeInMillis began = test.result()->start_timestamp();
  calls = began == test_began ? calls + 1 : 1;
  test_began = began;
  return calls;
}

std::wstring command_line() {
  const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
  wchar_t program[MAX_PATH];
  GetModuleFileNameW(nullptr, program, MAX_PATH);
  const std::string name = std::string(test.test_suite_name()) + "." + test.name();
  return L"\"" + std::wstring(program) + L"\" --gtest_filter=" +
         std::wstring(name.begin(), name.end());
}

HANDLE inheritable(HANDLE handle) {
  HANDLE copy = nullptr;
  DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0, TRUE,
                  DUPLICATE_SAME_ACCESS);
  return copy;
}

// Its errors are shown, and nothing of what GoogleTest says there. Null when it could not be
// started.
HANDLE start(int call) {
  STARTUPINFOW settings = {};
  settings.cb = sizeof(settings);
  settings.dwFlags = STARTF_USESTDHANDLES;
  settings.hStdError = inheritable(GetStdHandle(STD_ERROR_HANDLE));
  PROCESS_INFORMATION made = {};
  std::wstring command = command_line();
  SetEnvironmentVariableA(kWantedCall, std::to_string(call).c_str());
  if (!CreateProcessW(nullptr, command.data(), nullptr, nullptr, TRUE, 0, nullptr, nullptr,
                      &settings, &made)) {
    std::fprintf(stderr, "CreateProcessW: error %lu\n", GetLastError());
  }
  SetEnvironmentVariableA(kWantedCall, nullptr);
  CloseHandle(settings.hStdError);
  if (made.hThread != nullptr) CloseHandle(made.hThread);
  return made.hProcess;
}

}  // namespace

int in_own_process(const std::function<int()>& body) {
  const int call = count_call();
  if (const char* wanted = std::getenv(kWantedCall); wanted != nullptr) {
    if (call != std::atoi(wanted)) return 0;
    const int result = body();
    std::fflush(nullptr);
    TerminateProcess(GetCurrentProcess(), kReturned + static_cast<DWORD>(result));
  }
  const HANDLE process = start(call);
  if (process == nullptr) return kNotStarted;
  if (WaitForSingleObject(process, kMostMilliseconds) != WAIT_OBJECT_0) {
    TerminateProcess(process, 0);
    WaitForSingleObject(process, INFINITE);
  }
  DWORD code = 0;
  GetExitCodeProcess(process, &code);
  CloseHandle(process);
  const DWORD result = code - kReturned;
  if (result > kMostResult) std::fprintf(stderr, "The process ended with 0x%lx\n", code);
  return static_cast<int>(result);
}

}  // namespace conformance
