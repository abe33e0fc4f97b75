// What uv_spawn() is told, out of the arguments that lib/child_process.js passes.
#pragma once

#include <string>
#include <vector>

#include "v8/values.h"

#include <uv.h>

namespace violet::js {

// spawn(file, arguments, environment or undefined, directory or undefined, stdio, detached): all
// but stdio, which stands at `kStdioArgument`. What `options` points to lives here.
struct SpawnOptions {
  explicit SpawnOptions(const Arguments& arguments);
  SpawnOptions(const SpawnOptions&) = delete;
  SpawnOptions& operator=(const SpawnOptions&) = delete;

  uv_process_options_t options = {};

 private:
  std::string file_;
  std::string directory_;
  std::vector<std::string> words_;
  std::vector<std::string> variables_;
  std::vector<char*> word_pointers_;
  std::vector<char*> variable_pointers_;
};

inline constexpr int kStdioArgument = 4;
inline constexpr int kSpawnArguments = 6;

}  // namespace violet::js
