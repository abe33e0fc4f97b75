// Judges a trace by the clauses of its scenario, as conformance/harness/expectation.py does.
#include <algorithm>
#include <cstddef>

#include "scenarios.h"

namespace portable {
namespace {

// Reads a line of a trace: one flat object of names with texts or numbers.
class LineReader {
 public:
  explicit LineReader(const std::string& line) : line_(line) {}

  bool read(Event& event) {
    if (!takes('{')) return false;
    do {
      std::string key, value;
      if (!text(key) || !takes(':') || !(text(value) || number(value))) return false;
      if (key == "event") {
        event.name = value;
      } else {
        event.fields.emplace_back(key, value);
      }
    } while (takes(','));
    return takes('}') && at_ == line_.size() && !event.name.empty();
  }

 private:
  bool takes(char wanted) {
    if (at_ >= line_.size() || line_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  bool text(std::string& value) {
    if (!takes('"')) return false;
    while (at_ < line_.size() && line_[at_] != '"') {
      if (line_[at_] == '\\') ++at_;
      if (at_ < line_.size()) value += line_[at_++];
    }
    return takes('"');
  }
  bool number(std::string& value) {
    const std::size_t end = std::min(line_.find_first_not_of("-0123456789", at_), line_.size());
    value = line_.substr(at_, end - at_);
    at_ = end;
    return !value.empty();
  }

  const std::string& line_;
  std::size_t at_ = 0;
};

bool matches(const Event& wanted, const Event& event) {
  return wanted.name == event.name &&
         std::all_of(wanted.fields.begin(), wanted.fields.end(), [&event](const auto& field) {
           return std::find(event.fields.begin(), event.fields.end(), field) != event.fields.end();
         });
}

std::string shown(const Event& event) {
  std::string text = event.name;
  for (const auto& [key, value] : event.fields)
    text += (text.back() == ')' ? "" : "(") + key + "=" + value + ")";
  return text;
}

using Events = std::vector<Event>;

std::string judge_total(const Events& total, const Events& events) {
  for (std::size_t i = 0; i < total.size(); ++i) {
    const std::string place = "event " + std::to_string(i + 1) + " must be " + shown(total[i]);
    if (i >= events.size()) return place + ", but the trace ends\n";
    if (!matches(total[i], events[i])) return place + ", but is " + shown(events[i]) + "\n";
  }
  if (events.size() > total.size()) {
    return "nothing may follow event " + std::to_string(total.size()) + ", but " +
           shown(events[total.size()]) + " does\n";
  }
  return "";
}

std::string judge_order(const Events& chain, const Events& events) {
  std::string faults;
  std::ptrdiff_t last_before = -1;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    std::ptrdiff_t first = -1, last = -1;
    for (std::size_t at = 0; at < events.size(); ++at) {
      if (!matches(chain[i], events[at])) continue;
      last = static_cast<std::ptrdiff_t>(at);
      if (first < 0) first = last;
    }
    if (first < 0) faults += shown(chain[i]) + " must happen\n";
    if (first >= 0 && last_before > first) {
      faults += shown(chain[i - 1]) + " must come before " + shown(chain[i]) + "\n";
    }
    last_before = last;
  }
  return faults;
}

std::string judge_count(const Clause& clause, const Events& events) {
  const Event& wanted = clause.events[0];
  const auto count = std::count_if(events.begin(), events.end(),
                                   [&](const Event& event) { return matches(wanted, event); });
  if (count >= clause.least && (clause.most < 0 || count <= clause.most)) return "";
  return shown(wanted) + " happens " + std::to_string(count) + " times\n";
}

std::string judge_never(const Events& unwanted, const Events& events) {
  std::string faults;
  for (const Event& event : unwanted) {
    if (judge_count({Rule::kCount, {event}, 0, 0}, events) != "") {
      faults += shown(event) + " must never happen\n";
    }
  }
  return faults;
}

// What is wrong with it as a trace.
std::string parse(const std::string& trace, Events& events, std::string& skipped) {
  for (std::size_t begin = 0; begin < trace.size();) {
    const std::size_t end = std::min(trace.find('\n', begin), trace.size());
    const std::string line = trace.substr(begin, end - begin);
    begin = end + 1;
    Event event;
    if (!LineReader(line).read(event)) return "no line of a trace: " + line + "\n";
    if (event.name == "failed") return line + "\n";
    if (event.name == "skip") skipped = event.fields.empty() ? "?" : event.fields[0].second;
    events.push_back(event);
  }
  if (!skipped.empty()) return "";
  if (events.empty() || events.front().name != "begin") return "the trace has no beginning\n";
  if (events.back().name != "end") return "the trace stops after " + shown(events.back()) + "\n";
  events.erase(events.begin());
  events.pop_back();
  return "";
}

}  // namespace

std::string judge(const Scenario& scenario, const std::string& trace, std::string& skipped) {
  Events events, total;
  std::string faults = parse(trace, events, skipped);
  if (!faults.empty() || !skipped.empty()) return faults;
  bool has_total = false;
  for (const Clause& clause : scenario.clauses) {
    switch (clause.rule) {
      case Rule::kTotal:
        has_total = true;
        total.insert(total.end(), clause.events.begin(), clause.events.end());
        break;
      case Rule::kOrder:
        faults += judge_order(clause.events, events);
        break;
      case Rule::kCount:
        faults += judge_count(clause, events);
        break;
      case Rule::kNever:
        faults += judge_never(clause.events, events);
        break;
    }
  }
  if (has_total) faults += judge_total(total, events);
  if (faults.empty()) return "";
  faults += "trace:";
  for (const Event& event : events)
    faults += " " + shown(event);
  return faults + "\n";
}

}  // namespace portable
