// The environment as the process has it.
#pragma once

namespace violet {

// "NAME=value" texts with a null behind the last one; or null.
char** environment_block();

}  // namespace violet
