#include "descriptors.h"

#include <filesystem>

namespace faults {

Descriptors::Descriptors() {
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const std::string target = std::filesystem::read_symlink(entry.path(), gone).string();
    // That which lists them is closed again.
    if (!gone && target.find("/fd") == std::string::npos)
      open_.emplace(std::stoi(entry.path().filename()), target);
  }
}

std::vector<std::string> Descriptors::added_since(const Descriptors& before) const {
  std::vector<std::string> added;
  for (const auto& [number, target] : open_) {
    if (before.open_.count(number) == 0) added.push_back(std::to_string(number) + " " + target);
  }
  return added;
}

}  // namespace faults
