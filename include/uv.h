/**
 * The libuv API, level 1.52. Everything is in the parts below; each can be included alone.
 *
 * Rules that hold everywhere, unless a function says otherwise:
 * - A negative int is an error, one of UV_E*. A function that returns an error has changed nothing,
 *   and its callback will not run.
 * - A loop, its handles and its requests belong to one thread, the one that runs the loop.
 * - No callback runs inside the call that started it; it runs later, inside uv_run().
 * - The memory of a handle stays the program's. It must live until the handle's close callback
 *   has begun; that of a request until the request's callback has begun.
 * - Members named reserved are the library's.
 *
 * Each function says who may call it ("Thread: the loop's" is the thread that runs the loop, and
 * before the first run the one that made it), which errors it returns, and what it follows. A man
 * page named among the errors stands for the errors of that call. Any of them may also return
 * UV_ENOMEM where it has to allocate.
 */
#ifndef UV_H_
#define UV_H_

#include "uv/allocator.h"
#include "uv/any.h"
#include "uv/async.h"
#include "uv/clock.h"
#include "uv/dl.h"
#include "uv/dns.h"
#include "uv/errno.h"
#include "uv/fs.h"
#include "uv/fs_event.h"
#include "uv/handle.h"
#include "uv/loop.h"
#include "uv/metrics.h"
#include "uv/net.h"
#include "uv/os.h"
#include "uv/phases.h"
#include "uv/pipe.h"
#include "uv/platform.h"
#include "uv/poll.h"
#include "uv/process.h"
#include "uv/request.h"
#include "uv/signal.h"
#include "uv/stream.h"
#include "uv/sync.h"
#include "uv/system.h"
#include "uv/tcp.h"
#include "uv/thread.h"
#include "uv/threadpool.h"
#include "uv/timer.h"
#include "uv/tty.h"
#include "uv/types.h"
#include "uv/udp.h"
#include "uv/version.h"
#include "uv/wtf8.h"

#endif /* UV_H_ */
