// Interest in channels, and which descriptors can be of interest.
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "uring/engine_class.h"

namespace violet {

int UringEngine::watch(Channel& channel, Events wanted) {
  return interest_.watch(channel, wanted);
}

void UringEngine::forget(Channel& channel) {
  interest_.forget(channel);
}

int UringEngine::check_unused(Descriptor descriptor) {
  if (!descriptor.is_open()) return 0;
  return interest_.is_watched(descriptor) || ops_.waits_for(descriptor) ? UV_EEXIST : 0;
}

// A poll on the ring takes files that cannot be polled for ready; epoll_ctl(2) tells which those
// are. Some regular files of the kernel's own can be. Without a descriptor to ask with, the kind
// has to do.
int UringEngine::check_pollable(Descriptor descriptor) {
  struct stat status;
  if (fstat(descriptor.native(), &status) != 0) return last_error();
  if (S_ISSOCK(status.st_mode) || S_ISFIFO(status.st_mode)) return 0;
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  if (epoll < 0) return S_ISREG(status.st_mode) || S_ISDIR(status.st_mode) ? UV_EPERM : 0;
  epoll_event event = {};
  const int error =
      epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor.native(), &event) == 0 ? 0 : last_error();
  close(epoll);
  return error;
}

}  // namespace violet
