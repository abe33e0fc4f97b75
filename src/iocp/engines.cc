// The engines on Windows.
#include "iocp/engine.h"

namespace violet {

const EngineFactory* const kEngines[] = {&kIocpFactory, nullptr};

}  // namespace violet
