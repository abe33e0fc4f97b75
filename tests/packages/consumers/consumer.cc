// A program in C++20: an async handle woken from another thread, on the default engine, which it
// asks the name of.
#include <uv.h>
#include <violet/violet.h>

#include <cstdio>
#include <string_view>
#include <thread>

int main() {
  uv_loop_t loop{};
  uv_async_t async{};
  if (violet_loop_init(&loop, "auto") != 0) return 1;
  const auto close_it = [](uv_async_t* handle) {
    uv_close(reinterpret_cast<uv_handle_t*>(handle), nullptr);
  };
  if (uv_async_init(&loop, &async, close_it) != 0) return 2;
  std::thread([&async] { uv_async_send(&async); }).join();
  uv_run(&loop, UV_RUN_DEFAULT);
  violet_backend_report_t report{.size = sizeof(report)};
  violet_backend_report(&loop, &report);
  if (uv_loop_close(&loop) != 0 || std::string_view(report.backend).empty()) return 3;
  std::puts(uv_version_string());
}
