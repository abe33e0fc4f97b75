// Which descriptors programs started later inherit.
#pragma once

namespace violet {

// Keeps all that are open now from them by one call. False where the system has none for it.
bool disable_inheritance_at_once();

}  // namespace violet
