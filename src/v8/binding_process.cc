// The process as JavaScript sees it.
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdio>

#include "v8/binding.h"
#include "v8/errors.h"

namespace violet::js {
namespace {

// Unwinds JavaScript; the runtime ends then.
void really_exit(const Arguments& arguments) {
  Runtime::of(arguments.GetIsolate()).exit(to_int(arguments.GetIsolate(), arguments[0]));
}

void abort_process(const Arguments&) {
  std::fflush(nullptr);
  abort();
}

void cwd(const Arguments& arguments) {
  char path[4096];
  std::size_t size = sizeof(path);
  const int error = uv_cwd(path, &size);
  if (error != 0) return throw_error(arguments.GetIsolate(), error, "uv_cwd");
  arguments.GetReturnValue().Set(text(arguments.GetIsolate(), {path, size}));
}

void chdir_process(const Arguments& arguments) {
  const std::string path = to_string(arguments.GetIsolate(), arguments[0]);
  const int error = uv_chdir(path.c_str());
  if (error == 0) return;
  char from[4096] = "";
  std::size_t size = sizeof(from);
  uv_cwd(from, &size);
  throw_error(arguments.GetIsolate(), error, "chdir", from, path);
}

// kill(pid, signal): 0 or an error.
void kill_process(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  arguments.GetReturnValue().Set(
      uv_kill(to_int(isolate, arguments[0]), to_int(isolate, arguments[1])));
}

void hrtime(const Arguments& arguments) {
  arguments.GetReturnValue().Set(v8::BigInt::NewFromUnsigned(arguments.GetIsolate(), uv_hrtime()));
}

v8::Local<v8::Array> numbers_of(v8::Isolate* isolate, std::initializer_list<std::uint64_t> values) {
  std::vector<v8::Local<v8::Value>> list;
  for (const std::uint64_t value : values)
    list.push_back(number(isolate, static_cast<double>(value)));
  return v8::Array::New(isolate, list.data(), list.size());
}

// [rss, heapTotal, heapUsed, external, arrayBuffers]; nothing but buffers is external here.
void memory_usage(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  v8::HeapStatistics heap;
  isolate->GetHeapStatistics(&heap);
  std::size_t resident = 0;
  uv_resident_set_memory(&resident);
  arguments.GetReturnValue().Set(
      numbers_of(isolate, {resident, heap.total_heap_size(), heap.used_heap_size(),
                           heap.external_memory(), heap.external_memory()}));
}

// In the order that lib/v8.js gives them names.
void heap_statistics(const Arguments& arguments) {
  v8::HeapStatistics heap;
  arguments.GetIsolate()->GetHeapStatistics(&heap);
  arguments.GetReturnValue().Set(numbers_of(
      arguments.GetIsolate(),
      {heap.total_heap_size(), heap.total_heap_size_executable(), heap.total_physical_size(),
       heap.total_available_size(), heap.used_heap_size(), heap.heap_size_limit(),
       heap.malloced_memory(), heap.peak_malloced_memory(), heap.does_zap_garbage(),
       heap.number_of_native_contexts(), heap.number_of_detached_contexts(),
       heap.total_global_handles_size(), heap.used_global_handles_size(), heap.external_memory()}));
}

// [[name, size, used, available, physical], ...]
void heap_spaces(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  std::vector<v8::Local<v8::Value>> spaces;
  for (std::size_t i = 0; i < isolate->NumberOfHeapSpaces(); ++i) {
    v8::HeapSpaceStatistics space;
    isolate->GetHeapSpaceStatistics(&space, i);
    v8::Local<v8::Array> fields =
        numbers_of(isolate, {0, space.space_size(), space.space_used_size(),
                             space.space_available_size(), space.physical_space_size()});
    fields->Set(isolate->GetCurrentContext(), 0, text(isolate, space.space_name())).Check();
    spaces.push_back(fields);
  }
  arguments.GetReturnValue().Set(v8::Array::New(isolate, spaces.data(), spaces.size()));
}

void set_flags(const Arguments& arguments) {
  v8::V8::SetFlagsFromString(to_string(arguments.GetIsolate(), arguments[0]).c_str());
}

// [user, system] in microseconds, then the largest resident set in KiB and what else getrusage(2)
// counts.
void cpu_usage(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  uv_rusage_t usage;
  uv_getrusage(&usage);
  auto microseconds = [](const uv_timeval_t& time) {
    return static_cast<std::uint64_t>(time.tv_sec * 1'000'000 + time.tv_usec);
  };
  arguments.GetReturnValue().Set(numbers_of(
      isolate,
      {microseconds(usage.ru_utime), microseconds(usage.ru_stime), usage.ru_maxrss, usage.ru_minflt,
       usage.ru_majflt, usage.ru_inblock, usage.ru_oublock, usage.ru_nvcsw, usage.ru_nivcsw}));
}

// Blocking, for what must be seen before the process ends: console.log() on files and terminals.
void write_descriptor(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const std::string content = to_string(isolate, arguments[1]);
  const int descriptor = to_int(isolate, arguments[0]);
  for (std::size_t done = 0; done < content.size();) {
    const ssize_t written = ::write(descriptor, content.data() + done, content.size() - done);
    if (written > 0) {
      done += static_cast<std::size_t>(written);
    } else if (errno != EINTR && errno != EAGAIN) {
      return;
    }
  }
}

void get_environment(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  std::string key = to_string(isolate, arguments[0]);
  char small[256];
  std::size_t size = sizeof(small);
  int error = uv_os_getenv(key.c_str(), small, &size);
  if (error == 0) return arguments.GetReturnValue().Set(text(isolate, {small, size}));
  if (error != UV_ENOBUFS) return;
  std::string large(size, '\0');
  if (uv_os_getenv(key.c_str(), large.data(), &size) == 0)
    arguments.GetReturnValue().Set(text(isolate, {large.data(), size}));
}

void set_environment(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const std::string key = to_string(isolate, arguments[0]);
  if (arguments[1]->IsUndefined()) {
    uv_os_unsetenv(key.c_str());
  } else {
    uv_os_setenv(key.c_str(), to_string(isolate, arguments[1]).c_str());
  }
}

void environment_names(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  std::vector<v8::Local<v8::Value>> names;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view whole = *entry;
    names.push_back(text(isolate, whole.substr(0, whole.find('='))));
  }
  arguments.GetReturnValue().Set(v8::Array::New(isolate, names.data(), names.size()));
}

void error_name(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  arguments.GetReturnValue().Set(text(isolate, uv_err_name(to_int(isolate, arguments[0]))));
}

// [[number, [name, description]], ...] of every error of the loop.
void error_map(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  std::vector<v8::Local<v8::Value>> entries;
  auto add = [&](int number, const char* name, const char* description) {
    v8::Local<v8::Value> told[] = {text(isolate, name), text(isolate, description)};
    v8::Local<v8::Value> entry[] = {v8::Integer::New(isolate, number),
                                    v8::Array::New(isolate, told, 2)};
    entries.push_back(v8::Array::New(isolate, entry, 2));
  };
#define VIOLET_ADD(name, description) add(UV_##name, #name, description);
  UV_ERRNO_MAP(VIOLET_ADD)
#undef VIOLET_ADD
  arguments.GetReturnValue().Set(v8::Array::New(isolate, entries.data(), entries.size()));
}

// error(errno, syscall, path): an Error as the loop's failures make them.
void new_error(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const std::string syscall = to_string(isolate, arguments[1]);
  const std::string path = arguments[2]->IsString() ? to_string(isolate, arguments[2]) : "";
  arguments.GetReturnValue().Set(
      make_error(isolate, to_int(isolate, arguments[0]), syscall.c_str(), path));
}

// reportUncaught(error, origin): as if nobody had caught it.
void report_uncaught(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Runtime::of(isolate).report_uncaught(
      arguments[0], v8::Exception::CreateMessage(isolate, arguments[0]), arguments[1]);
}

// umask(mask): the one from before; only that without a mask.
void umask_process(const Arguments& arguments) {
  const bool is_set = arguments[0]->IsNumber();
  const mode_t before =
      ::umask(is_set ? static_cast<mode_t>(to_int(arguments.GetIsolate(), arguments[0])) : 0);
  if (!is_set) ::umask(before);
  arguments.GetReturnValue().Set(before);
}

template <unsigned int (*Ask)()>
void identity(const Arguments& arguments) {
  arguments.GetReturnValue().Set(Ask());
}

// setuid(2) and its kin: 0 or an error.
template <int (*Change)(unsigned int)>
void change_identity(const Arguments& arguments) {
  const unsigned int number =
      static_cast<unsigned int>(to_int(arguments.GetIsolate(), arguments[0]));
  arguments.GetReturnValue().Set(Change(number) == 0 ? 0 : uv_translate_sys_error(errno));
}

void constrained_memory(const Arguments& arguments) {
  arguments.GetReturnValue().Set(
      number(arguments.GetIsolate(), static_cast<double>(uv_get_constrained_memory())));
}

void groups(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  gid_t found[256];
  const int count = getgroups(256, found);
  std::vector<v8::Local<v8::Value>> list;
  bool has_own = false;
  for (int i = 0; i < count; ++i) {
    has_own = has_own || found[i] == getegid();
    list.push_back(v8::Integer::NewFromUnsigned(isolate, found[i]));
  }
  if (!has_own) list.push_back(v8::Integer::NewFromUnsigned(isolate, getegid()));
  arguments.GetReturnValue().Set(v8::Array::New(isolate, list.data(), list.size()));
}

void set_title(const Arguments& arguments) {
  uv_set_process_title(to_string(arguments.GetIsolate(), arguments[0]).c_str());
}

void get_title(const Arguments& arguments) {
  char title[256] = "";
  uv_get_process_title(title, sizeof(title));
  arguments.GetReturnValue().Set(text(arguments.GetIsolate(), title));
}

v8::Local<v8::Array> strings(v8::Isolate* isolate, const std::vector<std::string>& list) {
  std::vector<v8::Local<v8::Value>> values;
  values.reserve(list.size());
  for (const std::string& value : list)
    values.push_back(text(isolate, value));
  return v8::Array::New(isolate, values.data(), values.size());
}

}  // namespace

void make_process_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  const Options& options = runtime.options();
  set_function(isolate, target, "reallyExit", really_exit);
  set_function(isolate, target, "abort", abort_process);
  set_function(isolate, target, "cwd", cwd);
  set_function(isolate, target, "chdir", chdir_process);
  set_function(isolate, target, "kill", kill_process);
  set_function(isolate, target, "hrtime", hrtime);
  set_function(isolate, target, "memoryUsage", memory_usage);
  set_function(isolate, target, "heapStatistics", heap_statistics);
  set_function(isolate, target, "heapSpaces", heap_spaces);
  set_function(isolate, target, "setFlags", set_flags);
  set_function(isolate, target, "cpuUsage", cpu_usage);
  set_function(isolate, target, "writeDescriptor", write_descriptor);
  set_function(isolate, target, "getEnvironment", get_environment);
  set_function(isolate, target, "setEnvironment", set_environment);
  set_function(isolate, target, "environmentNames", environment_names);
  set_function(isolate, target, "errorName", error_name);
  set_function(isolate, target, "newError", new_error);
  set_function(isolate, target, "setTitle", set_title);
  set_function(isolate, target, "getTitle", get_title);
  set_function(isolate, target, "reportUncaught", report_uncaught);
  set_function(isolate, target, "umask", umask_process);
  set_function(isolate, target, "getuid", identity<getuid>);
  set_function(isolate, target, "geteuid", identity<geteuid>);
  set_function(isolate, target, "getgid", identity<getgid>);
  set_function(isolate, target, "getegid", identity<getegid>);
  set_function(isolate, target, "getgroups", groups);
  set_function(isolate, target, "setuid", change_identity<setuid>);
  set_function(isolate, target, "seteuid", change_identity<seteuid>);
  set_function(isolate, target, "setgid", change_identity<setgid>);
  set_function(isolate, target, "setegid", change_identity<setegid>);
  set_function(isolate, target, "constrainedMemory", constrained_memory);
  set_function(isolate, target, "errorMap", error_map);
  set_constant(isolate, target, "pid", uv_os_getpid());
  set_constant(isolate, target, "ppid", uv_os_getppid());
  set(isolate, target, "uvVersion", text(isolate, uv_version_string()));
  set(isolate, target, "zlibVersion", text(isolate, zlibVersion()));
  set(isolate, target, "opensslVersion", text(isolate, OpenSSL_version(OPENSSL_VERSION_STRING)));
  set(isolate, target, "v8Version", text(isolate, v8::V8::GetVersion()));
  set(isolate, target, "executable", text(isolate, options.executable));
  set(isolate, target, "script", text(isolate, options.script));
  set(isolate, target, "engineFlags", strings(isolate, options.engine_flags));
  set(isolate, target, "arguments", strings(isolate, options.arguments));
  if (options.has_code) set(isolate, target, "code", text(isolate, options.code));
}

}  // namespace violet::js
