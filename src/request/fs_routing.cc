#include "request/fs_routing.h"

#include "core/call.h"
#include "request/fs_cached.h"
#include "request/pool_request.h"

namespace violet {
namespace {

// A larger read costs more for its copying than for the way to a thread, and threads copy side by
// side; so do many reads of one iteration.
constexpr std::size_t kMaxCachedRead = std::size_t{64} * 1024;
constexpr std::size_t kMaxReadPerIteration = std::size_t{1024} * 1024;

// Asking the dentry cache takes three system calls where a thread needs one, and opening a file by
// it five. It is worth it while few requests are under way, and each would wake a thread.
constexpr std::uint32_t kFewUnderWay = 4;

// As many waiting items keep the threads busy until the loop's thread has answered one itself:
// where there are fewer processors than threads, that one would else stand idle. With half of it
// the threads ran dry (`violet bench`: fs_stat and fs_open_close at depth 64).
constexpr std::uint32_t kPlentyForThreads = 32;

// The engine's op lies in the room of the pool's item, which is free meanwhile.
Op& op_of(FsRequest& request) {
  static_assert(sizeof(Op) <= sizeof(request.space) && alignof(Op) <= alignof(WorkItem));
  return reinterpret_cast<Op&>(request.space);
}

void work(WorkItem& item) {
  perform_fs(request_of<FsRequest>(item));
}

void count(Loop& loop, const FsRequest& request, int change) {
  const std::uint32_t amount = static_cast<std::uint32_t>(change);
  loop.files.under_way += amount;
  if (request.way == FsWay::kAnswered) return;
  loop.files.unanswered += amount;
  if (request.effect == FsEffect::kChanges) loop.files.changes += amount;
  if (request.effect == FsEffect::kMovesPosition) loop.files.position_reads += amount;
}

void note_start(Loop& loop, FsRequest& request) {
  count(loop, request, 1);
  if (request.is_ours) end_request(loop);
}

void finish(Loop& loop, FsRequest& request) {
  count(loop, request, -1);
  if (request.has(kOwnsBuffers)) drop_buffers(request);
  if (request.is_ours) return request.continuation(request);
  end_request(loop);
  call_program(CallbackKind::kFileSystem, request.callback, public_handle(request));
}

void on_finished(RemoteItem& finished, Loop& loop) {
  FsRequest& request = request_of<FsRequest>(finished);
  if (request.space.content.status == UV_ECANCELED) request.result = UV_ECANCELED;
  finish(loop, request);
}

// The rest of a read that the engine did not bring to its end. Failing that, what there is.
void leave_rest_to_pool(Loop& loop, FsRequest& request, std::int32_t failure) {
  int error = submit_work(loop, request.space.content, Lane::kFile, work, on_finished);
  if (error == 0) return;
  if (request.result == 0) request.result = failure < 0 ? failure : error;
  finish(loop, request);
}

void on_read(ReadyItem& ready, Loop& loop) {
  Op& op = object_from_member<Op>(&ready, offsetof(Op, ready));
  FsRequest& request = object_from_member<FsRequest>(&op, offsetof(FsRequest, space));
  const std::int32_t result = op.result;
  // Some errors are the ring's own (UV_EFAULT and UV_ECANCELED: the thread that submitted has
  // ended), so the pool has the last word on all.
  if (result < 0) return leave_rest_to_pool(loop, request, result);
  if (!is_whole_read(request, result)) {
    advance_read(request, static_cast<std::size_t>(result));
    return leave_rest_to_pool(loop, request, 0);
  }
  request.result += result;
  finish(loop, request);
}

// False where the engine does not read files.
bool start_on_engine(Loop& loop, FsRequest& request) {
  const ReadArgument read = {descriptor_of_file(request.file), request.buffers.items,
                             request.buffers.count, request.offset};
  Op& op = op_of(request);
  op = {};
  op.ready.run = on_read;
  return loop.engine->read(op, read) == Submitted::kPending;
}

// Takes from what the loop's thread may read in this iteration. False when that is used up.
bool take_time_to_read(Loop& loop, std::size_t bytes) {
  FileUse& use = loop.files;
  if (bytes > kMaxCachedRead) return false;
  if (use.read_iteration != loop.iteration) {
    use.read_iteration = loop.iteration;
    use.read_bytes = 0;
  }
  if (use.read_bytes + bytes > kMaxReadPerIteration) return false;
  use.read_bytes += bytes;
  return true;
}

enum class Cost : std::uint8_t {
  kLittle,  // on the loop's thread if it can be answered from memory
  kSpread,  // most likely answered from memory, and cheaper where threads share it
  kWaits,   // waits, or may
};

FsEffect effect_of(const FsRequest& request) {
  switch (request.type) {
    case UV_FS_OPEN:
      return (request.flags & (UV_FS_O_CREAT | UV_FS_O_TRUNC)) != 0 ? FsEffect::kChanges
                                                                    : FsEffect::kNone;
    case UV_FS_READ:
      return request.offset < 0 ? FsEffect::kMovesPosition : FsEffect::kNone;
    case UV_FS_CLOSE:
    case UV_FS_FSYNC:
    case UV_FS_FDATASYNC:
    case UV_FS_STAT:
    case UV_FS_LSTAT:
    case UV_FS_FSTAT:
    case UV_FS_STATFS:
    case UV_FS_ACCESS:
    case UV_FS_READLINK:
    case UV_FS_REALPATH:
    case UV_FS_SCANDIR:
    case UV_FS_OPENDIR:
    case UV_FS_READDIR:
    case UV_FS_CLOSEDIR:
      return FsEffect::kNone;
    default:
      return FsEffect::kChanges;
  }
}

// Programs start a change and then ask for what it did, without waiting between: they stand behind
// each other in the pool, and an answer from memory must not overtake.
bool stands_behind_others(const Loop& loop, const FsRequest& request) {
  if (loop.files.changes > 0) return true;
  return loop.files.position_reads > 0 && effect_of(request) == FsEffect::kMovesPosition;
}

// The loop's thread would only wait for the others, so it takes a share.
bool threads_have_plenty(const PoolProgress& pool) {
  return pool.waiting >= kPlentyForThreads;
}

// The same for what costs more here than there. Where threads wait for work, there is some, and
// none was taken since the last look, they have no processor but this thread's: to answer here
// would only keep them from it.
bool threads_need_help(Loop& loop) {
  const PoolProgress pool = pool_progress();
  const bool threads_run = pool.taken != loop.files.taken_by_threads;
  loop.files.taken_by_threads = pool.taken;
  return (threads_run || pool.all_have_one) && threads_have_plenty(pool);
}

// A pool whose threads all wait for something holds nothing up that needs no thread.
Cost cost_for_threads(bool takes_share) {
  return pool_has_room() && !takes_share ? Cost::kSpread : Cost::kLittle;
}

Cost cost_of(Loop& loop, const FsRequest& request) {
  if (stands_behind_others(loop, request)) return Cost::kWaits;
  const bool few = loop.files.under_way < kFewUnderWay;
  switch (request.type) {
    case UV_FS_READ: {
      std::size_t bytes = wanted_bytes(request);
      if (take_time_to_read(loop, bytes)) return Cost::kLittle;
      if (bytes > kMaxCachedRead) return Cost::kWaits;
      return cost_for_threads(threads_have_plenty(pool_progress()));
    }
    case UV_FS_OPEN:
      return few || threads_need_help(loop) ? Cost::kLittle : Cost::kWaits;
    case UV_FS_CLOSE:
      // Whoever has another request on this file finds it open, as in the pool.
      return loop.files.unanswered == 0 ? Cost::kLittle : Cost::kWaits;
    case UV_FS_FSTAT:
      return Cost::kLittle;
    case UV_FS_STAT:
    case UV_FS_LSTAT:
    case UV_FS_ACCESS:
      return few ? Cost::kLittle : cost_for_threads(threads_need_help(loop));
    default:
      return Cost::kWaits;
  }
}

bool complete_from_cache(FsRequest& request) {
  std::int64_t result = answer_from_cache(request);
  if (result == UV_EAGAIN) return false;
  request.result = static_cast<ssize_t>(result);
  return true;
}

}  // namespace

void perform_fs(FsRequest& request) {
  request.result = static_cast<ssize_t>(request.operation(request));
}

int route_fs(Loop& loop, FsRequest& request) {
  const Cost cost = cost_of(loop, request);
  if (cost == Cost::kLittle && complete_from_cache(request)) {
    begin_finished(loop, request, UV_FS, on_finished);
    note_start(loop, request);
    return 0;
  }
  request.effect = effect_of(request);
  if (cost == Cost::kLittle && request.type == UV_FS_READ && start_on_engine(loop, request)) {
    request.way = FsWay::kBegun;
    begin_request(loop, request.header, UV_FS);
    note_start(loop, request);
    return 0;
  }
  // Bytes were taken from the file's position: taking the request back would lose them.
  request.way = request.result > 0 ? FsWay::kBegun : FsWay::kPool;
  Lane lane = cost == Cost::kSpread ? Lane::kQuick : Lane::kFile;
  int error = begin_on_pool(loop, request, UV_FS, lane, work, on_finished);
  if (error == 0) note_start(loop, request);
  return error;
}

int cancel_fs(FsRequest& request) {
  return request.way == FsWay::kPool ? cancel_work(request.space.content) : UV_EBUSY;
}

}  // namespace violet
