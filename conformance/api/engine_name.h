// Which engine a loop runs on, for what is the engine's own.
#pragma once

#include <violet/violet.h>

#include <string>

#include "support.h"

namespace conformance {

inline bool runs_on(uv_loop_t& loop, const char* engine) {
  if (!library_has("violet_backend_report")) return false;
  violet_backend_report_t report = {};
  report.size = sizeof(report);
  return violet_backend_report(&loop, &report) == 0 && std::string(engine) == report.backend;
}

}  // namespace conformance
