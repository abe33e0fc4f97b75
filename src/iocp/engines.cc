// The engines on Windows.
#include "iocp/engine_class.h"

namespace violet {

const EngineFactory* const kEngines[] = {&kIocpFactory, nullptr};

}  // namespace violet
