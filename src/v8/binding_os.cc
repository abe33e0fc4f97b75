// The machine and its users.
#include <cstdio>

#include "v8/binding.h"
#include "v8/errors.h"

namespace violet::js {
namespace {

template <int (*Ask)(char*, std::size_t*)>
void ask_text(const Arguments& arguments) {
  char answer[4096];
  std::size_t size = sizeof(answer);
  const int error = Ask(answer, &size);
  if (error != 0) return throw_error(arguments.GetIsolate(), error, "uv_os");
  arguments.GetReturnValue().Set(text(arguments.GetIsolate(), {answer, size}));
}

template <std::uint64_t (*Ask)()>
void ask_number(const Arguments& arguments) {
  arguments.GetReturnValue().Set(static_cast<double>(Ask()));
}

void uname(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  uv_utsname_t name = {};
  uv_os_uname(&name);
  v8::Local<v8::Value> parts[] = {text(isolate, name.sysname), text(isolate, name.version),
                                  text(isolate, name.release), text(isolate, name.machine)};
  arguments.GetReturnValue().Set(v8::Array::New(isolate, parts, std::size(parts)));
}

void load_average(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  double averages[3];
  uv_loadavg(averages);
  v8::Local<v8::Value> parts[] = {number(isolate, averages[0]), number(isolate, averages[1]),
                                  number(isolate, averages[2])};
  arguments.GetReturnValue().Set(v8::Array::New(isolate, parts, 3));
}

void uptime(const Arguments& arguments) {
  double seconds = 0;
  uv_uptime(&seconds);
  arguments.GetReturnValue().Set(seconds);
}

// [{ model, speed, times: { user, nice, sys, idle, irq } }]
void cpus(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  uv_cpu_info_t* infos = nullptr;
  int count = 0;
  if (uv_cpu_info(&infos, &count) != 0) count = 0;
  std::vector<v8::Local<v8::Value>> list;
  for (int i = 0; i < count; ++i) {
    v8::Local<v8::Object> cpu = v8::Object::New(isolate), times = v8::Object::New(isolate);
    set(isolate, cpu, "model", text(isolate, infos[i].model));
    set_constant(isolate, cpu, "speed", infos[i].speed);
    set_constant(isolate, times, "user", static_cast<double>(infos[i].cpu_times.user));
    set_constant(isolate, times, "nice", static_cast<double>(infos[i].cpu_times.nice));
    set_constant(isolate, times, "sys", static_cast<double>(infos[i].cpu_times.sys));
    set_constant(isolate, times, "idle", static_cast<double>(infos[i].cpu_times.idle));
    set_constant(isolate, times, "irq", static_cast<double>(infos[i].cpu_times.irq));
    set(isolate, cpu, "times", times);
    list.push_back(cpu);
  }
  if (infos != nullptr) uv_free_cpu_info(infos, count);
  arguments.GetReturnValue().Set(v8::Array::New(isolate, list.data(), list.size()));
}

void parallelism(const Arguments& arguments) {
  arguments.GetReturnValue().Set(static_cast<double>(uv_available_parallelism()));
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
    v8::Local<v8::Value> parts[] = {
        text(isolate, one.name),
        text(isolate, address),
        text(isolate, netmask),
        text(isolate, is_six ? "IPv6" : "IPv4"),
        text(isolate, mac),
        v8::Boolean::New(isolate, one.is_internal != 0),
        number(isolate, is_six ? one.address.address6.sin6_scope_id : 0)};
    all.push_back(v8::Array::New(isolate, parts, std::size(parts)));
  }
  uv_free_interface_addresses(found, count);
  arguments.GetReturnValue().Set(v8::Array::New(isolate, all.data(), all.size()));
}

// [username, uid, gid, shell, homedir]
void user(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  uv_passwd_t found;
  const int error = uv_os_get_passwd(&found);
  if (error != 0) return throw_error(isolate, error, "uv_os_get_passwd");
  v8::Local<v8::Value> parts[] = {
      text(isolate, found.username), number(isolate, static_cast<double>(found.uid)),
      number(isolate, static_cast<double>(found.gid)),
      text(isolate, found.shell == nullptr ? "" : found.shell), text(isolate, found.homedir)};
  uv_os_free_passwd(&found);
  arguments.GetReturnValue().Set(v8::Array::New(isolate, parts, std::size(parts)));
}

void get_priority(const Arguments& arguments) {
  int priority = 0;
  const int error = uv_os_getpriority(to_int(arguments.GetIsolate(), arguments[0]), &priority);
  if (error != 0) return throw_error(arguments.GetIsolate(), error, "uv_os_getpriority");
  arguments.GetReturnValue().Set(priority);
}

void set_priority(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const int error = uv_os_setpriority(to_int(isolate, arguments[0]), to_int(isolate, arguments[1]));
  if (error != 0) throw_error(isolate, error, "uv_os_setpriority");
}

}  // namespace

void make_os_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  set_function(isolate, target, "hostname", ask_text<uv_os_gethostname>);
  set_function(isolate, target, "homedir", ask_text<uv_os_homedir>);
  set_function(isolate, target, "tmpdir", ask_text<uv_os_tmpdir>);
  set_function(isolate, target, "freemem", ask_number<uv_get_free_memory>);
  set_function(isolate, target, "totalmem", ask_number<uv_get_total_memory>);
  set_function(isolate, target, "uname", uname);
  set_function(isolate, target, "loadavg", load_average);
  set_function(isolate, target, "uptime", uptime);
  set_function(isolate, target, "cpus", cpus);
  set_function(isolate, target, "availableParallelism", parallelism);
  set_function(isolate, target, "userInfo", user);
  set_function(isolate, target, "networkInterfaces", interfaces);
  set_function(isolate, target, "getPriority", get_priority);
  set_function(isolate, target, "setPriority", set_priority);
  v8::Local<v8::Object> errnos = v8::Object::New(isolate);
  for (int number = 1; number < 134; ++number) {
    char name[64];
    uv_err_name_r(-number, name, sizeof(name));
    if (name[0] == 'E') set_constant(isolate, errnos, name, number);
  }
  set(isolate, target, "errnos", errnos);
}

}  // namespace violet::js
