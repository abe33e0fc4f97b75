// All scenarios in one program, for machines without Python: what conformance/harness does, as far
// as Violet is concerned. list_scenarios.py writes the table from the comments of the scenarios.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace portable {

using Fields = std::vector<std::pair<std::string, std::string>>;

// In a trace, or what one has to look like: then it has these fields, maybe among others.
struct Event {
  std::string name;
  Fields fields;
};

enum class Rule { kTotal, kOrder, kCount, kNever };

struct Clause {
  Rule rule;
  std::vector<Event> events;
  int least = 0;
  int most = -1;  // Negative: any number.
};

struct Scenario {
  const char* name;
  int (*main)();         // Null: not even built here.
  const char* left_out;  // Why it is, on this system; else null.
  double timeout_seconds;
  Fields environment;
  std::vector<Clause> clauses;
};

const std::vector<Scenario>& scenarios();

// What is wrong with a trace; empty if nothing is. A reason to skip the scenario is in `skipped`.
std::string judge(const Scenario& scenario, const std::string& trace, std::string& skipped);

}  // namespace portable
