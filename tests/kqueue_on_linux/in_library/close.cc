// close(2) of what it is linked into, which a kqueue hears of. What other code closes shows by the
// file's identity.
#include <sys/syscall.h>
#include <unistd.h>

#include "closes.h"

extern "C" int close(int descriptor) {
  kqueue_on_linux_closes(descriptor);
  return static_cast<int>(syscall(SYS_close, descriptor));
}
