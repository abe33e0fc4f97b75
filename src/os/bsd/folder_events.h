// Folders that are watched by another service than kqueue, with all that lies below them: macOS has
// one. The class FolderEvents is alike on all systems.
#pragma once

#if defined(__APPLE__)
#include "os/bsd/macos/folder_events.h"
#else
#include "os/bsd/no_folder_events.h"
#endif
