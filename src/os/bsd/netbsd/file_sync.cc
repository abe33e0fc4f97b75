// What is written gets to the disk by fsync(2) and fdatasync(2).
#include "os/posix/file_sync_by_calls.h"
