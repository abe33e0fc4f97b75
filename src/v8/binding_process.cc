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
  Runtime::of(arguments.GetIsolate()).exit(int_at(arguments, 0));
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
  answer(arguments, std::string_view(path, size));
}

void chdir_process(const Arguments& arguments) {
  const std::string path = text_at(arguments, 0);
  const int error = uv_chdir(path.c_str());
  if (error == 0) return;
  char from[4096] = "";
  std::size_t size = sizeof(from);
  uv_cwd(from, &size);
  throw_error(arguments.GetIsolate(), error, "chdir", from, path);
}

void hrtime(const Arguments& arguments) {
  answer(arguments, v8::BigInt::NewFromUnsigned(arguments.GetIsolate(), uv_hrtime()));
}

void resident_memory(const Arguments& arguments) {
  std::size_t size = 0;
  uv_resident_set_memory(&size);
  answer(arguments, size);
}

// In the order that lib/v8.js gives them names.
void heap_statistics(const Arguments& arguments) {
  v8::HeapStatistics heap;
  arguments.GetIsolate()->GetHeapStatistics(&heap);
  answer(
      arguments,
      numbers_of(arguments.GetIsolate(), heap.total_heap_size(), heap.total_heap_size_executable(),
                 heap.total_physical_size(), heap.total_available_size(), heap.used_heap_size(),
                 heap.heap_size_limit(), heap.malloced_memory(), heap.peak_malloced_memory(),
                 heap.does_zap_garbage(), heap.number_of_native_contexts(),
                 heap.number_of_detached_contexts(), heap.total_global_handles_size(),
                 heap.used_global_handles_size(), heap.external_memory()));
}

// [[name, size, used, available, physical], ...]
void heap_spaces(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  std::vector<v8::Local<v8::Value>> spaces;
  for (std::size_t i = 0; i < isolate->NumberOfHeapSpaces(); ++i) {
    v8::HeapSpaceStatistics space;
    isolate->GetHeapSpaceStatistics(&space, i);
    v8::Local<v8::Array> fields =
        numbers_of(isolate, 0, space.space_size(), space.space_used_size(),
                   space.space_available_size(), space.physical_space_size());
    fields->Set(isolate->GetCurrentContext(), 0, text(isolate, space.space_name())).Check();
    spaces.push_back(fields);
  }
  answer(arguments, list_of(isolate, spaces));
}

void set_flags(const Arguments& arguments) {
  v8::V8::SetFlagsFromString(text_at(arguments, 0).c_str());
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
  answer(arguments, numbers_of(isolate, microseconds(usage.ru_utime), microseconds(usage.ru_stime),
                               usage.ru_maxrss, usage.ru_minflt, usage.ru_majflt, usage.ru_inblock,
                               usage.ru_oublock, usage.ru_nvcsw, usage.ru_nivcsw));
}

void get_environment(const Arguments& arguments) {
  const std::string key = text_at(arguments, 0);
  std::string value(256, '\0');
  std::size_t size = value.size();
  int error = uv_os_getenv(key.c_str(), value.data(), &size);
  if (error == UV_ENOBUFS) {
    value.resize(size);
    error = uv_os_getenv(key.c_str(), value.data(), &size);
  }
  if (error == 0) answer(arguments, std::string_view(value.data(), size));
}

void set_environment(const Arguments& arguments) {
  const std::string key = text_at(arguments, 0);
  if (arguments[1]->IsUndefined()) {
    uv_os_unsetenv(key.c_str());
  } else {
    uv_os_setenv(key.c_str(), text_at(arguments, 1).c_str());
  }
}

void environment_names(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  std::vector<v8::Local<v8::Value>> names;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view whole = *entry;
    names.push_back(text(isolate, whole.substr(0, whole.find('='))));
  }
  answer(arguments, list_of(isolate, names));
}

// [[number, [name, description]], ...] of every error of the loop.
void error_map(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  std::vector<v8::Local<v8::Value>> entries;
  auto add = [&](int number, const char* name, const char* description) {
    const v8::Local<v8::Value> told =
        list_of(isolate, {text(isolate, name), text(isolate, description)});
    entries.push_back(list_of(isolate, {v8::Integer::New(isolate, number), told}));
  };
#define VIOLET_ADD(name, description) add(UV_##name, #name, description);
  UV_ERRNO_MAP(VIOLET_ADD)
#undef VIOLET_ADD
  answer(arguments, list_of(isolate, entries));
}

// error(errno, syscall, path): an Error as the loop's failures make them.
void new_error(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const std::string syscall = text_at(arguments, 1);
  const std::string path = arguments[2]->IsString() ? text_at(arguments, 2) : "";
  answer(arguments, make_error(isolate, int_at(arguments, 0), syscall.c_str(), path));
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
  const mode_t before = ::umask(is_set ? static_cast<mode_t>(int_at(arguments, 0)) : 0);
  if (!is_set) ::umask(before);
  answer(arguments, before);
}

// setuid(2) and its kin: 0 or an error.
template <int (*Change)(unsigned int)>
void change_identity(const Arguments& arguments) {
  const unsigned int number = static_cast<unsigned int>(int_at(arguments, 0));
  answer(arguments, Change(number) == 0 ? 0 : uv_translate_sys_error(errno));
}

void groups(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  gid_t found[256];
  const int count = getgroups(256, found);
  std::vector<v8::Local<v8::Value>> list(count > 0 ? count : 0);
  for (size_t i = 0; i < list.size(); ++i)
    list[i] = v8::Integer::NewFromUnsigned(isolate, found[i]);
  answer(arguments, list_of(isolate, list));
}

void get_title(const Arguments& arguments) {
  char title[256] = "";
  uv_get_process_title(title, sizeof(title));
  answer(arguments, title);
}

v8::Local<v8::Array> strings(v8::Isolate* isolate, const std::vector<std::string>& list) {
  std::vector<v8::Local<v8::Value>> values;
  values.reserve(list.size());
  for (const std::string& value : list)
    values.push_back(text(isolate, value));
  return list_of(isolate, values);
}

constexpr Method kFunctions[] = {{"reallyExit", really_exit},
                                 {"abort", abort_process},
                                 {"cwd", cwd},
                                 {"chdir", chdir_process},
                                 {"kill", kCallbackOf<uv_kill>},
                                 {"hrtime", hrtime},
                                 {"residentMemory", resident_memory},
                                 {"heapStatistics", heap_statistics},
                                 {"heapSpaces", heap_spaces},
                                 {"setFlags", set_flags},
                                 {"cpuUsage", cpu_usage},
                                 {"getEnvironment", get_environment},
                                 {"setEnvironment", set_environment},
                                 {"environmentNames", environment_names},
                                 {"errorName", kCallbackOf<uv_err_name>},
                                 {"newError", new_error},
                                 {"setTitle", kCallbackOf<uv_set_process_title>},
                                 {"getTitle", get_title},
                                 {"reportUncaught", report_uncaught},
                                 {"umask", umask_process},
                                 {"getuid", kCallbackOf<getuid>},
                                 {"geteuid", kCallbackOf<geteuid>},
                                 {"getgid", kCallbackOf<getgid>},
                                 {"getegid", kCallbackOf<getegid>},
                                 {"getgroups", groups},
                                 {"setuid", change_identity<setuid>},
                                 {"seteuid", change_identity<seteuid>},
                                 {"setgid", change_identity<setgid>},
                                 {"setegid", change_identity<setegid>},
                                 {"constrainedMemory", kCallbackOf<uv_get_constrained_memory>},
                                 {"errorMap", error_map}};

}  // namespace

void make_process_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  const Options& options = runtime.options();
  set_functions(isolate, target, kFunctions);
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
  if (options.code) set(isolate, target, "code", text(isolate, *options.code));
}

}  // namespace violet::js
