// A program that ends at once, and what uv_spawn() needs to start it.
#pragma once

#include <uv.h>

#include <string>

#include "platform.h"

namespace conformance {

struct BriefProgram {
  std::string name = kIsWindows ? "cmd" : "true";
  std::string ignored_elsewhere[2] = {"/c", "exit"};
  char* arguments[4] = {name.data(), ignored_elsewhere[0].data(), ignored_elsewhere[1].data(),
                        nullptr};
  uv_process_options_t options = {};

  BriefProgram() {
    options.file = arguments[0];
    options.args = arguments;
  }
  BriefProgram(const BriefProgram&) = delete;
  BriefProgram& operator=(const BriefProgram&) = delete;
};

}  // namespace conformance
