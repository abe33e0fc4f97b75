#include "os/exit.h"

namespace violet {

void call_at_thread_end(void (*)()) {}

void call_at_process_end(void (*)()) {}

}  // namespace violet
