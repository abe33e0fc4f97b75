// The machine and its users.
#include <cstdio>

#include "v8/binding.h"
#include "v8/errors.h"

namespace violet::js {
namespace {

template <int (*Ask)(char*, std::size_t*)>
void ask_text(const Arguments& arguments) {
  char told[4096];
  std::size_t size = sizeof(told);
  const int error = Ask(told, &size);
  if (error != 0) return throw_error(arguments.GetIsolate(), error, "uv_os");
  answer(arguments, std::string_view(told, size));
}

void uname(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  uv_utsname_t name = {};
  uv_os_uname(&name);
  answer(arguments, list_of(isolate, {text(isolate, name.sysname), text(isolate, name.version),
                                      text(isolate, name.release), text(isolate, name.machine)}));
}

void load_average(const Arguments& arguments) {
  double averages[3];
  uv_loadavg(averages);
  answer(arguments, numbers_of(arguments.GetIsolate(), averages[0], averages[1], averages[2]));
}

void uptime(const Arguments& arguments) {
  double seconds = 0;
  uv_uptime(&seconds);
  answer(arguments, seconds);
}

// [[model, speed, [user, nice, sys, idle, irq]], ...]
void cpus(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  uv_cpu_info_t* infos = nullptr;
  int count = 0;
  if (uv_cpu_info(&infos, &count) != 0) count = 0;
  std::vector<v8::Local<v8::Value>> list;
  for (int i = 0; i < count; ++i) {
    const auto& times = infos[i].cpu_times;
    list.push_back(list_of(
        isolate, {text(isolate, infos[i].model), number(isolate, infos[i].speed),
                  numbers_of(isolate, times.user, times.nice, times.sys, times.idle, times.irq)}));
  }
  if (infos != nullptr) uv_free_cpu_info(infos, count);
  answer(arguments, list_of(isolate, list));
}

// networkInterfaces(): [name, address, netmask, family, mac, whether internal, scope] ...
void interfaces(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  uv_interface_address_t* found = nullptr;
  int count = 0;
  const int error = uv_interface_addresses(&found, &count);
  if (error != 0) return throw_error(isolate, error, "uv_interface_addresses");
  std::vector<v8::Local<v8::Value>> all;
  for (int i = 0; i < count; ++i) {
    const uv_interface_address_t& one = found[i];
    char address[INET6_ADDRSTRLEN];
    char netmask[INET6_ADDRSTRLEN];
    const bool is_six = one.address.address4.sin_family == AF_INET6;
    uv_ip_name(reinterpret_cast<const sockaddr*>(&one.address), address, sizeof(address));
    uv_ip_name(reinterpret_cast<const sockaddr*>(&one.netmask), netmask, sizeof(netmask));
    char mac[18];
    const auto byte = [&](int at) { return static_cast<unsigned char>(one.phys_addr[at]); };
    std::snprintf(mac, sizeof(mac), "%02x:%02x:%02x:%02x:%02x:%02x", byte(0), byte(1), byte(2),
                  byte(3), byte(4), byte(5));
    all.push_back(
        list_of(isolate, {text(isolate, one.name), text(isolate, address), text(isolate, netmask),
                          text(isolate, is_six ? "IPv6" : "IPv4"), text(isolate, mac),
                          v8::Boolean::New(isolate, one.is_internal != 0),
                          number(isolate, is_six ? one.address.address6.sin6_scope_id : 0)}));
  }
  uv_free_interface_addresses(found, count);
  answer(arguments, list_of(isolate, all));
}

// [username, uid, gid, shell, homedir]
void user(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  uv_passwd_t found;
  const int error = uv_os_get_passwd(&found);
  if (error != 0) return throw_error(isolate, error, "uv_os_get_passwd");
  answer(arguments, list_of(isolate, {text(isolate, found.username),
                                      number(isolate, static_cast<double>(found.uid)),
                                      number(isolate, static_cast<double>(found.gid)),
                                      text(isolate, found.shell == nullptr ? "" : found.shell),
                                      text(isolate, found.homedir)}));
  uv_os_free_passwd(&found);
}

void get_priority(const Arguments& arguments) {
  int priority = 0;
  const int error = uv_os_getpriority(int_at(arguments, 0), &priority);
  if (error != 0) return throw_error(arguments.GetIsolate(), error, "uv_os_getpriority");
  answer(arguments, priority);
}

void set_priority(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const int error = uv_os_setpriority(int_at(arguments, 0), int_at(arguments, 1));
  if (error != 0) throw_error(isolate, error, "uv_os_setpriority");
}

constexpr Method kFunctions[] = {{"hostname", ask_text<uv_os_gethostname>},
                                 {"homedir", ask_text<uv_os_homedir>},
                                 {"tmpdir", ask_text<uv_os_tmpdir>},
                                 {"freemem", kCallbackOf<uv_get_free_memory>},
                                 {"totalmem", kCallbackOf<uv_get_total_memory>},
                                 {"uname", uname},
                                 {"loadavg", load_average},
                                 {"uptime", uptime},
                                 {"cpus", cpus},
                                 {"availableParallelism", kCallbackOf<uv_available_parallelism>},
                                 {"userInfo", user},
                                 {"networkInterfaces", interfaces},
                                 {"getPriority", get_priority},
                                 {"setPriority", set_priority}};

}  // namespace

void make_os_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  set_functions(isolate, target, kFunctions);
}

}  // namespace violet::js
