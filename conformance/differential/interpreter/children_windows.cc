// Each program in a process that is started anew: it finds the programs in a file, and writes its
// trace into memory that has a name.
#include <winsock2.h>

#include <windows.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "children.h"
#include "machine.h"

namespace differential {
namespace {

struct Child {
  HANDLE process = nullptr;  // null: the place is free
  const Program* program = nullptr;
  ULONGLONG deadline = 0;
  bool killed = false;
  TraceMemory* trace = nullptr;
  std::string memory_name;
  std::string folder;
  std::string errors;  // the file of its error output
};

// Null without memory. Whoever comes second gets the same.
TraceMemory* map_trace(const std::string& name) {
  HANDLE mapping = CreateFileMappingA(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, 0,
                                      sizeof(TraceMemory), name.c_str());
  if (mapping == nullptr) return nullptr;
  return static_cast<TraceMemory*>(MapViewOfFile(mapping, FILE_MAP_ALL_ACCESS, 0, 0, 0));
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool prepare(Child& child, const std::string& base, std::size_t number) {
  const std::string own = std::to_string(number);
  child.memory_name = "differential-" + std::to_string(GetCurrentProcessId()) + "-" + own;
  child.folder = base + "\\" + own;
  child.errors = child.folder + ".errors";
  child.trace = map_trace(child.memory_name);
  return child.trace != nullptr;
}

bool start_process(Child& child, std::string command) {
  SECURITY_ATTRIBUTES inherited = {sizeof(inherited), nullptr, TRUE};
  STARTUPINFOA how = {};
  how.cb = sizeof(how);
  how.dwFlags = STARTF_USESTDHANDLES;
  how.hStdOutput = how.hStdError =
      CreateFileA(child.errors.c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                  &inherited, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
  PROCESS_INFORMATION started = {};
  const BOOL is_started = CreateProcessA(nullptr, command.data(), nullptr, nullptr, TRUE, 0,
                                         nullptr, nullptr, &how, &started);
  CloseHandle(how.hStdError);
  if (!is_started) return false;
  CloseHandle(started.hThread);
  child.process = started.hProcess;
  return true;
}

void start(Child& child, const Program& program, const Options& options,
           const std::string& programs_file) {
  child.trace->length = 0;
  child.trace->truncated = false;
  child.program = &program;
  child.killed = false;
  child.deadline = GetTickCount64() + static_cast<ULONGLONG>(options.limit * 1000);
  std::filesystem::create_directory(child.folder);
  char self[MAX_PATH];
  GetModuleFileNameA(nullptr, self, sizeof(self));
  const std::string command = "\"" + std::string(self) + "\" --child " + programs_file + " " +
                              program.name + " " + child.memory_name + " " + child.folder;
  if (!start_process(child, command)) std::exit(2);
}

std::string exit_of(const Child& child) {
  if (child.killed) return "hang";
  DWORD code = 0;
  GetExitCodeProcess(child.process, &code);
  if (code == 0) return "ok";
  return (code < 0x80000000 ? "status " : "signal ") + std::to_string(code);
}

void finish(Child& child) {
  WaitForSingleObject(child.process, INFINITE);
  report(*child.program, exit_of(child), text_of(child.errors), *child.trace);
  CloseHandle(child.process);
  child.process = nullptr;
  std::error_code ignored;
  std::filesystem::remove_all(child.folder, ignored);
}

void wait_for_some(std::vector<Child>& children) {
  std::vector<HANDLE> processes;
  for (const Child& child : children) {
    if (child.process != nullptr) processes.push_back(child.process);
  }
  WaitForMultipleObjects(static_cast<DWORD>(processes.size()), processes.data(), FALSE, 100);
}

}  // namespace

std::string make_folder() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error) /
                                       ("differential." + std::to_string(GetCurrentProcessId()));
  return !error && std::filesystem::create_directory(folder, error) ? folder.string() : "";
}

void run_all(const std::vector<Program>& programs, const Options& options, const std::string& base,
             const std::string& text) {
  const std::string programs_file = base + "\\programs";
  std::ofstream(programs_file) << text;
  std::vector<Child> children(options.jobs < MAXIMUM_WAIT_OBJECTS ? options.jobs
                                                                  : MAXIMUM_WAIT_OBJECTS);
  for (std::size_t i = 0; i < children.size(); ++i) {
    if (!prepare(children[i], base, i)) std::exit(2);
  }
  std::size_t next = 0, finished = 0;
  while (finished < programs.size()) {
    for (Child& child : children) {
      if (child.process == nullptr && next < programs.size())
        start(child, programs[next++], options, programs_file);
    }
    wait_for_some(children);
    for (Child& child : children) {
      if (child.process == nullptr) continue;
      child.killed = GetTickCount64() >= child.deadline;
      if (WaitForSingleObject(child.process, 0) == WAIT_OBJECT_0) {
        child.killed = false;
      } else if (child.killed) {
        TerminateProcess(child.process, 1);
      } else {
        continue;
      }
      finish(child);
      ++finished;
    }
  }
}

// --child PROGRAMS NAME MEMORY FOLDER
int run_as_child(int count, char** arguments) {
  if (count != 6) return 2;
  std::vector<Program> programs;
  std::string error;
  TraceMemory* trace = map_trace(arguments[4]);
  if (trace == nullptr || !parse_programs(text_of(arguments[2]), programs, error)) return 2;
  make_pattern();
  trace_into(trace);
  for (const Program& program : programs) {
    if (program.name == arguments[3]) std::_Exit(run_program(program, arguments[5]));
  }
  return 2;
}

}  // namespace differential
