#include "os/process_title.h"

namespace violet {

// The console has the title; nothing of it is held here.
void forget_arguments() {}

}  // namespace violet
