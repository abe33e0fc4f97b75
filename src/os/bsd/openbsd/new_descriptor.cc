// Everything is opened with its flags.
#include "os/posix/new_descriptor_at_once.h"
