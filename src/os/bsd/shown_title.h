// Showing a title, by setproctitle(3).
#pragma once

namespace violet {

void show_title(const char* title);

}  // namespace violet
