// The engines on the BSDs and macOS.
#include "kqueue/engine_class.h"

namespace violet {

const EngineFactory* const kEngines[] = {&kKqueueFactory, nullptr};

}  // namespace violet
