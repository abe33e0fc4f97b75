// Runs scenarios, each in a process and folder of its own, and tells by exit code.
//
//   scenarios              all of them, but for what is left out on this system
//   scenarios NAME...      these, left out or not
//   scenarios --list       their names
//   scenarios --trace NAME runs one in this process; its trace goes to standard output
//
// LD_LIBRARY_PATH says where libuv.so.1 is, VIOLET_BACKEND which engine it uses.
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "child.h"
#include "scenarios.h"

namespace {

using portable::Scenario;

const Scenario* find(const char* name) {
  for (const Scenario& scenario : portable::scenarios()) {
    if (std::strcmp(scenario.name, name) == 0) return &scenario;
  }
  return nullptr;
}

enum class Verdict { kPassed, kFailed, kSkipped };

Verdict run(const Scenario& scenario, const std::string& self) {
  const std::string folder = portable::make_folder();
  if (folder.empty()) return Verdict::kFailed;
  std::filesystem::create_directory(folder + "/scratch");
  const std::string ending = portable::run_in_child(scenario, self, folder);
  std::ifstream file(folder + "/trace");
  const std::string trace((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  file.close();
  std::string skipped;
  std::string faults = ending + judge(scenario, trace, skipped);
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  if (!faults.empty()) {
    std::printf("FAILED  %s\n%s", scenario.name, faults.c_str());
    return Verdict::kFailed;
  }
  if (!skipped.empty()) std::printf("skipped %s: %s\n", scenario.name, skipped.c_str());
  return skipped.empty() ? Verdict::kPassed : Verdict::kSkipped;
}

// All that are not left out here, each of which is told.
std::vector<const Scenario*> all_that_run() {
  std::vector<const Scenario*> chosen;
  for (const Scenario& scenario : portable::scenarios()) {
    if (scenario.left_out == nullptr) {
      chosen.push_back(&scenario);
    } else {
      std::printf("left out %s: %s\n", scenario.name, scenario.left_out);
    }
  }
  return chosen;
}

int run_all(const std::vector<const Scenario*>& chosen, const std::string& self) {
  int passed = 0, failed = 0, skipped = 0;
  for (const Scenario* scenario : chosen) {
    const Verdict verdict = run(*scenario, self);
    passed += verdict == Verdict::kPassed;
    failed += verdict == Verdict::kFailed;
    skipped += verdict == Verdict::kSkipped;
    std::fflush(stdout);
  }
  std::printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
  return failed == 0 && passed > 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<const Scenario*> chosen;
  const std::string first = count > 1 ? arguments[1] : "";
  if (first == "--list") {
    for (const Scenario& scenario : portable::scenarios())
      std::puts(scenario.name);
    return 0;
  }
  const bool traces = first == "--trace";
  for (int i = traces ? 2 : 1; i < count; ++i) {
    const Scenario* scenario = find(arguments[i]);
    if (scenario == nullptr) {
      std::fprintf(stderr, "no such scenario: %s (--list tells them)\n", arguments[i]);
      return 2;
    }
    if (scenario->main == nullptr) {
      std::fprintf(stderr, "%s: %s\n", scenario->name, scenario->left_out);
      return 2;
    }
    chosen.push_back(scenario);
  }
  if (traces) return chosen.size() == 1 ? chosen[0]->main() : 2;
  if (chosen.empty()) chosen = all_that_run();
  // A scenario starts in another folder.
  std::error_code error;
  const std::string self = std::filesystem::absolute(arguments[0], error).string();
  return run_all(chosen, self);
}
