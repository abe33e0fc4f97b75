// The directory of the user that this process runs for.
#pragma once

#include "os/windows/wide_text.h"

namespace violet {

int profile_directory(WideText& directory);

}  // namespace violet
