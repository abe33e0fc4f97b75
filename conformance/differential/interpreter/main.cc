// Reads programs, runs each in a process of its own, and writes one line of JSON about each:
// {"program", "exit", "stderr", "truncated", "trace"}. "exit" is "ok", "hang", "signal N" or
// "status N".
//
// Usage: interpreter [--jobs N] [--limit SECONDS] < programs
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <iterator>

#include "children.h"
#include "machine.h"

namespace differential {

void report(const Program& program, const std::string& exit, const std::string& errors,
            const TraceMemory& trace) {
  std::string line = "{\"program\":" + json_string(program.name) +
                     ",\"exit\":" + json_string(exit) + ",\"stderr\":" + json_string(errors) +
                     ",\"truncated\":" + (trace.truncated ? "true" : "false") + ",\"trace\":[";
  line.append(trace.text, trace.length);
  std::cout << line << "]}\n";
}

}  // namespace differential

int main(int count, char** arguments) {
  using namespace differential;
  if (count > 1 && std::strcmp(arguments[1], "--child") == 0) return run_as_child(count, arguments);
  Options options;
  for (int i = 1; i + 1 < count; i += 2) {
    if (std::strcmp(arguments[i], "--jobs") == 0)
      options.jobs = static_cast<std::size_t>(std::atoi(arguments[i + 1]));
    if (std::strcmp(arguments[i], "--limit") == 0) options.limit = std::atof(arguments[i + 1]);
  }
  std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  std::vector<Program> programs;
  std::string error;
  if (!parse_programs(text, programs, error)) {
    std::cerr << error << "\n";
    return 2;
  }
  const std::string base = make_folder();
  if (base.empty()) return 2;
  make_pattern();
  run_all(programs, options, base, text);
  std::error_code ignored;
  std::filesystem::remove_all(base, ignored);
}
