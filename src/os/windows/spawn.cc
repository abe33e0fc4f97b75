#include "os/spawn.h"

#include <windows.h>

#include "base/allocator.h"
#include "os/thread.h"
#include "os/windows/child_files.h"
#include "os/windows/command_line.h"
#include "os/windows/file_path.h"
#include "os/windows/pipe_pair.h"
#include "os/windows/program_search.h"
#include "os/windows/terminate.h"
#include "uv.h"

namespace violet {
namespace {

// Children are put into this job, unless they are detached. We have its only handle, so they end
// with this process. Their own children do not belong to the job.
HANDLE job = nullptr;
Once job_once;

void make_job() {
  job = CreateJobObjectW(nullptr, nullptr);
  if (job == nullptr) return;
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {};
  limits.BasicLimitInformation.LimitFlags =
      JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_BREAKAWAY_OK |
      JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
}

// Attributes of a process to be: which handles it inherits.
class StartAttributes {
 public:
  StartAttributes() = default;
  StartAttributes(const StartAttributes&) = delete;
  StartAttributes& operator=(const StartAttributes&) = delete;
  ~StartAttributes() {
    if (list_ != nullptr) DeleteProcThreadAttributeList(list_);
  }

  int inherit(HANDLE* handles, std::size_t count) {
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
    memory_ = Owned<char>(static_cast<char*>(allocate(size)));
    if (!memory_) return UV_ENOMEM;
    auto* list = reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory_.get());
    if (!InitializeProcThreadAttributeList(list, 1, 0, &size)) return last_windows_error();
    list_ = list;
    return UpdateProcThreadAttribute(list_, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles,
                                     count * sizeof(HANDLE), nullptr, nullptr)
               ? 0
               : last_windows_error();
  }
  LPPROC_THREAD_ATTRIBUTE_LIST list() const { return list_; }

 private:
  Owned<char> memory_;
  LPPROC_THREAD_ATTRIBUTE_LIST list_ = nullptr;
};

// All that CreateProcessW() takes.
struct Start {
  WideText program;
  WideText directory;
  WideArray command_line;
  WideArray environment;  // empty: this process's
  ChildFiles files;
  StartAttributes attributes;
};

int current_directory_of(const SpawnPlan& plan, WideText& directory) {
  if (plan.directory != nullptr) {
    WideText given;
    if (int error = given.assign(plan.directory); error != 0) return error;
    return fill_wide(directory, [&](wchar_t* text, DWORD capacity) {
      return GetFullPathNameW(given.get(), capacity, text, nullptr);
    });
  }
  return fill_wide(directory, [](wchar_t* text, DWORD capacity) {
    return GetCurrentDirectoryW(capacity, text);
  });
}

int find(const SpawnPlan& plan, Start& start) {
  WideText file;
  WideText own_path;
  if (int error = file.assign(plan.file); error != 0) return error;
  const wchar_t* path = nullptr;
  if (!start.environment.empty()) {
    path = value_in_block(start.environment.data(), L"PATH");
  } else if (fill_wide(own_path, [](wchar_t* text, DWORD capacity) {
               return GetEnvironmentVariableW(L"PATH", text, capacity);
             }) == 0) {
    path = own_path.get();
  }
  return find_program({file.get(), start.directory.get(), path, plan.windows.exact_name},
                      start.program);
}

int prepare(const SpawnPlan& plan, Start& start) {
  if (plan.set_user || plan.set_group) return UV_ENOTSUP;
  if (plan.arguments == nullptr || plan.arguments[0] == nullptr) return UV_EINVAL;
  if (int error = current_directory_of(plan, start.directory); error != 0) return error;
  if (plan.environment != nullptr) {
    int error = make_environment_block(plan.environment, start.environment);
    if (error != 0) return error;
  }
  int error =
      make_command_line(plan.arguments, plan.windows.verbatim_arguments, start.command_line);
  if (error != 0) return error;
  if (error = find(plan, start); error != 0) return error;
  if (error = start.files.prepare(plan); error != 0) return error;
  return start.attributes.inherit(start.files.handles(), start.files.count());
}

STARTUPINFOEXW startup_of(const SpawnPlan& plan, Start& start) {
  STARTUPINFOEXW startup = {};
  startup.StartupInfo.cb = sizeof(startup);
  startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES | STARTF_USESHOWWINDOW;
  startup.StartupInfo.wShowWindow = plan.windows.hide_window ? SW_HIDE : SW_SHOWDEFAULT;
  startup.StartupInfo.hStdInput = start.files.handle(0);
  startup.StartupInfo.hStdOutput = start.files.handle(1);
  startup.StartupInfo.hStdError = start.files.handle(2);
  startup.StartupInfo.cbReserved2 = static_cast<WORD>(start.files.block_size());
  startup.StartupInfo.lpReserved2 = start.files.block();
  startup.lpAttributeList = start.attributes.list();
  return startup;
}

DWORD creation_flags(const SpawnPlan& plan) {
  // Suspended until it belongs to the job.
  DWORD flags = CREATE_UNICODE_ENVIRONMENT | EXTENDED_STARTUPINFO_PRESENT | CREATE_SUSPENDED;
  if (plan.windows.hide_console) flags |= CREATE_NO_WINDOW;
  if (plan.new_session) flags |= DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP;
  return flags;
}

int create(const SpawnPlan& plan, Start& start, PROCESS_INFORMATION& process) {
  STARTUPINFOEXW startup = startup_of(plan, start);
  void* environment = start.environment.empty() ? nullptr : start.environment.data();
  if (CreateProcessW(start.program.get(), start.command_line.data(), nullptr, nullptr, TRUE,
                     creation_flags(plan), environment, start.directory.get(), &startup.StartupInfo,
                     &process)) {
    return 0;
  }
  return last_windows_error();
}

}  // namespace

int spawn(const SpawnPlan& plan, Child& child) {
  Start start;
  if (int error = prepare(plan, start); error != 0) return error;
  job_once.call(make_job);
  PROCESS_INFORMATION process;
  if (int error = create(plan, start, process); error != 0) return error;
  // Fails on systems without nested jobs if this process is in a job itself. The child then lives
  // as long as that job allows.
  if (!plan.new_session && job != nullptr) AssignProcessToJobObject(job, process.hProcess);
  ResumeThread(process.hThread);
  CloseHandle(process.hThread);
  child.pid = static_cast<int>(process.dwProcessId);
  child.descriptor =
      OwnedDescriptor(Descriptor::of(reinterpret_cast<Descriptor::Native>(process.hProcess)));
  return 0;
}

bool reap(const Child& child, ExitStatus& exit) {
  const HANDLE process = system_handle(child.descriptor.get());
  if (WaitForSingleObject(process, 0) != WAIT_OBJECT_0) return false;
  DWORD code = 0;
  GetExitCodeProcess(process, &code);
  exit = {code, child.ended_by};
  return true;
}

void kill_and_reap(Child& child) {
  const HANDLE process = system_handle(child.descriptor.get());
  TerminateProcess(process, kTerminatedExitCode);
  WaitForSingleObject(process, INFINITE);
  child.descriptor.close();
}

int send_signal(Child& child, int number) {
  const int error = terminate(system_handle(child.descriptor.get()), number);
  if (error == 0 && number != 0) child.ended_by = number;
  return error;
}

int create_stdio_pair(OwnedDescriptor& parent_end, OwnedDescriptor& child_end,
                      bool child_non_blocking, bool passes_descriptors) {
  OwnedHandle server;
  OwnedHandle client;
  const PipeEnd child_pipe = {true, true, child_non_blocking || passes_descriptors};
  int error = create_pipe_pair({true, true, true}, server, child_pipe, client);
  if (error != 0) return error;
  parent_end = OwnedDescriptor(Descriptor::of(reinterpret_cast<Descriptor::Native>(server.take())));
  child_end = OwnedDescriptor(Descriptor::of(reinterpret_cast<Descriptor::Native>(client.take())));
  return 0;
}

}  // namespace violet
