// The descriptors that this process has.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace faults {

class Descriptors {
 public:
  Descriptors();
  // Those that are not among the others, and what they are of.
  std::vector<std::string> added_since(const Descriptors& before) const;

 private:
  std::map<int, std::string> open_;
};

}  // namespace faults
