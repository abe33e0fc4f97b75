// The engines on Windows.
#include "iocp/engine.h"

namespace violet {

const BackendFactory* const kEngines[] = {&kIocpFactory, nullptr};

}  // namespace violet
