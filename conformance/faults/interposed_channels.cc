// Interposed: sockets, reading and writing, and what is waited with.
#include "interposed.h"

using namespace faults;

extern "C" {

INTERPOSED(socket)
INTERPOSED(socketpair)
INTERPOSED(pipe2)
INTERPOSED(bind)
INTERPOSED(listen)
INTERPOSED(connect)
INTERPOSED(accept4)
INTERPOSED(getsockname)
INTERPOSED(getpeername)
INTERPOSED(getsockopt)
INTERPOSED(setsockopt)
INTERPOSED(shutdown)
INTERPOSED(read)
INTERPOSED(readv)
INTERPOSED(pread)
INTERPOSED(preadv)
INTERPOSED(preadv2)
INTERPOSED(write)
INTERPOSED(writev)
INTERPOSED(pwrite)
INTERPOSED(pwritev)
INTERPOSED(send)
INTERPOSED(sendmsg)
INTERPOSED(sendmmsg)
INTERPOSED(recvmsg)
INTERPOSED(recvmmsg)
INTERPOSED(epoll_create1)
INTERPOSED(epoll_ctl)
INTERPOSED(epoll_pwait)
INTERPOSED(eventfd)
INTERPOSED(kqueue)
INTERPOSED(kevent)
INTERPOSED(inotify_init1)
INTERPOSED(inotify_add_watch)

}  // extern "C"
