// Which engine a loop gets.
#include <atomic>
#include <cstdio>
#include <cstring>

#include "engine.h"
#include "os/environment.h"

namespace violet {
namespace {

const EngineFactory* find_engine(const char* name) {
  for (const EngineFactory* const* engine = kEngines; *engine != nullptr; ++engine) {
    if (std::strcmp((*engine)->name, name) == 0) return *engine;
  }
  return nullptr;
}

bool is_strict() {
  char value[2];
  return environment_value("VIOLET_BACKEND_STRICT", value, sizeof(value)) == 1 && value[0] == '1';
}

void complain_about_unknown(const char* name) {
  std::fprintf(stderr, "violet: there is no engine '%s' here; choose one of: auto", name);
  for (const EngineFactory* const* engine = kEngines; *engine != nullptr; ++engine) {
    std::fprintf(stderr, ", %s", (*engine)->name);
  }
  std::fputc('\n', stderr);
}

// Refusals are texts that live as long as the process. One that a hundred loops meet in a row is
// told once.
std::atomic<const char*> last_told;

void tell_refusal(const EngineFactory& engine, const char* refusal) {
  if (last_told.exchange(refusal, std::memory_order_relaxed) == refusal) return;
  std::fprintf(stderr, "violet: engine '%s' is not available (%s); using '%s'\n", engine.name,
               refusal, kEngines[0]->name);
}

int create_default(EngineSelection& selection) {
  const char* refusal = nullptr;
  return kEngines[0]->create(selection.engine, refusal);
}

int create_or_fall_back(const EngineFactory& engine, EngineSelection& selection) {
  const char* refusal = "unknown reason";
  int error = engine.create(selection.engine, refusal);
  if (error == 0 || &engine == kEngines[0]) return error;
  if (error == UV_ENOMEM) return error;
  if (is_strict()) return UV_ENOTSUP;
  tell_refusal(engine, refusal);
  selection.refusal = refusal;
  return create_default(selection);
}

// Copies what was asked for, by the caller or by the environment.
void find_request(const char* name, char (&requested)[kEngineNameSize]) {
  if (name != nullptr) {
    std::snprintf(requested, sizeof(requested), "%s", name);
  } else if (environment_value("VIOLET_BACKEND", requested, sizeof(requested)) <= 0) {
    requested[0] = '\0';
  }
}

}  // namespace

int select_engine(const char* name, EngineSelection& selection) {
  selection = {};
  find_request(name, selection.requested);
  const char* requested = selection.requested;
  if (requested[0] == '\0' || std::strcmp(requested, "auto") == 0) return create_default(selection);
  const EngineFactory* engine = find_engine(requested);
  if (engine == nullptr) {
    complain_about_unknown(requested);
    return UV_EINVAL;
  }
  return create_or_fall_back(*engine, selection);
}

}  // namespace violet
