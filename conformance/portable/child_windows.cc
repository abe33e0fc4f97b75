#include <windows.h>

#include <cstdio>
#include <filesystem>

#include "child.h"

namespace portable {
namespace {

// Set here for the child to inherit, and taken back when it has started.
class Environment {
 public:
  Environment(const Scenario& scenario, const std::string& scratch) {
    set("TEMP", scratch.c_str());
    set("TMP", scratch.c_str());
    set("VIOLET_TIMER_ORDER", nullptr);
    for (const auto& [key, value] : scenario.environment)
      set(key, value.c_str());
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() {
    for (const auto& [key, value] : before_)
      SetEnvironmentVariableA(key.c_str(), value.empty() ? nullptr : value.c_str());
  }

 private:
  void set(const std::string& key, const char* value) {
    char before[4096];
    const DWORD length = GetEnvironmentVariableA(key.c_str(), before, sizeof(before));
    before_.emplace_back(key, std::string(before, length < sizeof(before) ? length : 0));
    SetEnvironmentVariableA(key.c_str(), value);
  }

  Fields before_;
};

HANDLE open_inherited(const char* path, DWORD access, DWORD disposition) {
  SECURITY_ATTRIBUTES inherited = {sizeof(inherited), nullptr, TRUE};
  return CreateFileA(path, access, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, disposition,
                     FILE_ATTRIBUTE_NORMAL, nullptr);
}

// Its processes end with it.
HANDLE make_job() {
  HANDLE job = CreateJobObjectA(nullptr, nullptr);
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
  return job;
}

bool start(const Scenario& scenario, const std::string& self, const std::string& folder,
           PROCESS_INFORMATION& child) {
  STARTUPINFOA how = {};
  how.cb = sizeof(how);
  how.dwFlags = STARTF_USESTDHANDLES;
  how.hStdInput = open_inherited("NUL", GENERIC_READ, OPEN_EXISTING);
  how.hStdOutput = open_inherited((folder + "/trace").c_str(), GENERIC_WRITE, CREATE_ALWAYS);
  how.hStdError = GetStdHandle(STD_ERROR_HANDLE);
  const std::string scratch = folder + "/scratch";
  const Environment environment(scenario, scratch);
  std::string command = "\"" + self + "\" --trace " + scenario.name;
  const BOOL started = CreateProcessA(self.c_str(), command.data(), nullptr, nullptr, TRUE,
                                      CREATE_SUSPENDED, nullptr, scratch.c_str(), &how, &child);
  CloseHandle(how.hStdInput);
  CloseHandle(how.hStdOutput);
  return started != FALSE;
}

std::string wait_for(HANDLE process, double seconds) {
  if (WaitForSingleObject(process, static_cast<DWORD>(seconds * 1000)) == WAIT_TIMEOUT) {
    TerminateProcess(process, 1);
    WaitForSingleObject(process, INFINITE);
    return hung(seconds);
  }
  DWORD code = 0;
  GetExitCodeProcess(process, &code);
  if (code == 0) return "";
  char text[16];
  std::snprintf(text, sizeof(text), code < 0x80000000 ? "%lu" : "0x%lx", code);
  return std::string("ended with exit status ") + text + "\n";
}

}  // namespace

std::string make_folder() {
  static int made = 0;
  std::error_code error;
  const std::string name =
      "violet-" + std::to_string(GetCurrentProcessId()) + "-" + std::to_string(++made);
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error) / name;
  if (!error && std::filesystem::create_directory(folder, error)) return folder.string();
  std::fprintf(stderr, "%s: %s\n", folder.string().c_str(), error.message().c_str());
  return "";
}

std::string run_in_child(const Scenario& scenario, const std::string& self,
                         const std::string& folder) {
  PROCESS_INFORMATION child = {};
  if (!start(scenario, self, folder, child)) {
    return "cannot be started: error " + std::to_string(GetLastError()) + "\n";
  }
  HANDLE job = make_job();
  AssignProcessToJobObject(job, child.hProcess);
  ResumeThread(child.hThread);
  std::string ending = wait_for(child.hProcess, scenario.timeout_seconds);
  CloseHandle(child.hThread);
  CloseHandle(child.hProcess);
  CloseHandle(job);
  return ending;
}

}  // namespace portable
