// THE SEAM between the loop and its engines. Everything a loop asks of an engine stands here.
//
// A readiness engine (epoll, kqueue) is told when a descriptor can be used and lets us do the work.
// A completion engine (io_uring, IOCP) does the work and tells us when it is done. The seam favours
// neither. It has two nouns:
//
//   Channel  a descriptor somebody is interested in, for as long as the interest lasts
//   Op       one piece of work that ends once: a connect, a write, the reading of a file
//
// and one rule that keeps phase order, re-entrancy and close-in-callback the same on every engine:
// AN ENGINE RUNS NO USER CODE AND NO HANDLE CODE. wait() only links what became ready into a list;
// the loop drains the list.
//
// clang-format off
//
//                  epoll               kqueue              io_uring                     IOCP
//   watch          EPOLL_CTL_ADD/MOD   EV_ADD/EV_DELETE    poll multishot, or multi-    AFD poll
//                  at the next wait    at the next wait    shot receive
//   forget         EPOLL_CTL_DEL       EV_DELETE           cancel by user data          CancelIoEx
//   write          writev; EAGAIN:     writev; EAGAIN:     SEND or SENDMSG, batched     WSASend, WriteFile
//                  park on writable    park on writable    with the next wait
//   connect        connect, park       connect, park       connect, then poll           ConnectEx
//   read           needs the pool      needs the pool      READ, READV                  needs the pool
//   shut_down      shutdown            shutdown            shutdown                     of pipes: a thread
//   write_now      writev              writev              writev                       pipes: a copy that the
//                                                                                     kernel takes behind us
//   cancel         unpark: over now    unpark: over now    ASYNC_CANCEL: over later     CancelIoEx: later
//   take           nothing, ever       nothing, ever       bytes of the buffer ring     posted receives
//   take_connection nothing, ever      nothing, ever       nothing, ever                AcceptEx posted ahead;
//                                                                                     listening pipe instances
//   take_datagram  nothing, ever       nothing, ever       multishot recvmsg            posted WSARecvFrom
//   watch_child    pidfd, readable     EVFILT_PROC         pidfd, polled                a wait for the process
//   a folder       inotify, readable   EVFILT_VNODE        inotify, polled              ReadDirectoryChangesW
//   wake           eventfd (EPOLLET)   EVFILT_USER         eventfd, polled              posted packet
//   wait           epoll_pwait2        kevent              submit_and_wait_timeout      dequeue packets
//
// Datagrams are sent without the engine: sendmmsg(2), or WSASendTo for each, keeps their order and
// leaves nothing in the kernel's hands, and no engine was faster (docs/engines.md).
//
// clang-format on
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/allocator.h"
#include "base/ready_list.h"
#include "os/descriptor.h"

namespace violet {

// What a channel's owner wants to hear of, and what an engine reports. A set of bits. The first
// five are those of poll(2) on Linux, since programs read them in a uv_poll_t.
using Events = std::uint16_t;
inline constexpr Events kNoEvents = 0;
inline constexpr Events kReadable = 1;
inline constexpr Events kPriority = 2;  // out-of-band data
inline constexpr Events kWritable = 4;
// Reported only, never asked for: the descriptor has a pending error. The owner learns which one by
// using the descriptor.
inline constexpr Events kError = 8;
// The peer shut down its writing side, or the connection is gone.
inline constexpr Events kDisconnect = 0x2000;
// Wanted instead of kReadable by an owner that takes bytes (or connections) handed over with the
// event. A readiness engine treats it as kReadable; a completion engine may receive (or accept)
// ahead and then reports kDelivered, after which take() yields what came. With kReceive, an end of
// the stream that is known by then is reported together with it, as kDisconnect.
inline constexpr Events kReceive = 16;
inline constexpr Events kAccept = 32;
inline constexpr Events kDelivered = 64;
// Reported only, and by some systems only: both directions are closed. What follows from it differs
// between our own descriptors (with_consequences()) and those of a uv_poll_t
// (events_for_poll_handle()).
inline constexpr Events kHangUp = 0x100;

// What to tell an owner. The kernel reports hang-ups and errors even if nobody asked for them. An
// owner that wants nothing of what such an event brings is told that everything it asked for has
// happened: if it were told nothing, the event would stay and end every wait at once.
inline Events events_to_report(Events happened, Events wanted) {
  if ((happened & wanted) == 0 && (happened & (kDisconnect | kError)) != 0) happened |= wanted;
  return (happened & wanted) == 0 ? kNoEvents : happened & (wanted | kError);
}

// After a hang-up or an error, reading and writing our own descriptors do not block any more: they
// tell what happened.
inline Events with_consequences(Events happened) {
  if ((happened & kHangUp) != 0) happened |= kReadable | kWritable | kDisconnect;
  if ((happened & kError) != 0) happened |= kReadable | kWritable;
  return happened;
}

// What to tell a uv_poll_t: of the states that it asked for, those that the system reported. A
// hang-up or an error that is reported alone counts as all of them.
inline Events events_for_poll_handle(Events happened, Events wanted) {
  if (wanted == kNoEvents) return kNoEvents;
  happened &= wanted | kError | kHangUp;
  if (happened == kError || happened == kHangUp) happened |= wanted;
  return happened & (wanted | kError);
}

// What a channel's descriptor is.
enum class Nature : std::uint8_t {
  kForeign,    // the program's own (uv_poll_t): only its readiness is of interest
  kSocket,     // a stream of bytes, or of connections; takes send(2), so a reset raises no SIGPIPE
  kDatagrams,  // messages with bounds and senders come out of it: take_datagram(), not take()
  kPipe,       // a stream of bytes that is no socket
  kIpcPipe,    // the same; where descriptors travel as bytes, the engine tells them apart
  kTerminal,
  kProcess,  // a child: watch_child()
  kNotices,  // tells of all watched files; os/file_watch.h reads it itself
  kFolder,   // a watched file or folder: what changed is delivered, for os/file_watch.h
  kTree,     // the same, with all that lies below it
};

// Whether somebody else may read the same open file (uv_tcp_open, uv_pipe_open, what came over IPC,
// terminals, inherited stdio): bytes that we received ahead would be lost to them, so it is read
// only when it is readable and our user asks.
enum class Sharing : bool { kOwn, kShared };

struct Op;
struct ReceivedDatagram;  // os/datagram.h

// A descriptor as an engine sees it. Lives inside its handle; standard-layout, zero-initialised,
// then prepared with prepare_channel(). `ready.run` is the owner's; it reads and clears `events`.
//
// It lies where libuv's headers have `io_watcher`, and programs that were compiled with them read
// `fd` there (in streams, UDP and poll handles) and `pevents` (in poll handles). These are
// `descriptor` and `wanted`, hence the order of the members.
struct Channel {
  ReadyItem ready;
  ListNode change;  // the engine's: linked while `wanted` differs from `armed`
  Events wanted;    // what the owner asked for last
  // These two are zero in a poll handle, whose `wanted` programs read as 32 bits.
  Nature nature : 7;
  Sharing sharing : 1;
  // For readiness engines: the distance in words from the channel to the op that waits for
  // writability; 0: none waits.
  std::int8_t parked_op;
  std::int32_t record;  // an engine's: how to find what it keeps for the channel; 0: nothing
  Descriptor descriptor;
  Events armed;   // the engine's: what the kernel was told
  Events events;  // what happened; accumulates until the owner clears it

  bool is_shared() const { return sharing == Sharing::kShared; }
  // The program knows the descriptor, and may put another file in its place while nothing is wanted
  // of the channel: what the kernel was told may be of a file that is gone.
  bool may_be_replaced() const { return nature == Nature::kForeign || is_shared(); }
  bool has_datagrams() const { return nature == Nature::kDatagrams; }
  bool is_socket() const { return nature == Nature::kSocket || has_datagrams(); }
  bool is_pipe() const { return nature == Nature::kPipe || nature == Nature::kIpcPipe; }
  bool is_folder() const { return nature == Nature::kFolder || nature == Nature::kTree; }
};

inline void prepare_channel(Channel& channel, Descriptor descriptor, void (*run)(ReadyItem&, Loop&),
                            Nature nature, Sharing sharing) {
  channel = {};
  channel.ready.run = run;
  channel.descriptor = descriptor;
  channel.nature = nature;
  channel.sharing = sharing;
}

// Gathered bytes for a stream socket, pipe or tty, with an optional descriptor to pass along. The
// array of buffers is the caller's again when the call returns; the bytes stay until the op is
// over.
struct WriteArgument {
  const uv_buf_t* buffers;
  unsigned int count;
  Descriptor passed_descriptor;  // kNoDescriptor: none
  bool at_once;                  // goes out now, as far as there is room
};

// Bytes of a file, from an offset or (negative) from the current position. The array of buffers has
// to stay valid until the op is over. An op may end early, with fewer bytes or an error of the
// engine's own: its owner gets the rest from the pool.
struct ReadArgument {
  Descriptor file;
  const uv_buf_t* buffers;
  unsigned int count;
  std::int64_t offset;
};

// What write_now() does where there is no room for a single byte.
enum class WhenFull : bool { kGiveUp, kWait };

// For a local socket or pipe, `address` is what os/local_socket.h made of the name.
struct ConnectArgument {
  const struct sockaddr* address;
  unsigned int length;
};

// What an op does. Each kind has a function of its own that starts it (Engine::connect, ...).
enum class OpKind : std::uint8_t {
  kConnect,
  kWrite,  // a stream has at most one write op under way
  kRead,   // of a file that is not in memory
  kShutDown,
};

// One piece of work. Lives inside its handle or request. The argument that it was started with has
// to stay valid only until the call that starts it returns: an engine that needs it longer makes
// its own copy. The buffers' bytes have to stay valid until the op is over.
struct Op {
  ReadyItem ready;      // linked by the engine when the op is over; run() then looks at `result`
  Channel* channel;     // null for file operations
  void* record;         // the engine's, while the op is pending
  std::int32_t result;  // bytes or 0, or a negative UV_E*
  OpKind kind;          // the engine's: what was started last
  bool pending;         // the engine's: true between a kPending answer and the op's end
};

enum class Submitted : std::uint8_t {
  kDone,             // over already: `result` is set, `ready` is not linked
  kPending,          // `ready` will be linked in a later wait()
  kNeedsThreadPool,  // the engine does not do this kind; the caller gives it to the pool
};

// A feature an engine looked for when it started, for violet_backend_report().
struct Feature {
  const char* name;
  const char* refusal;  // null: in use; else why not, as a readable sentence
};

// When a wait ends at the latest, in nanoseconds of the loop's monotonic clock.
inline constexpr std::uint64_t kNoDeadline = UINT64_MAX;

struct WaitResult {
  std::uint32_t events;  // how many events the kernel reported, for the metrics
  bool more;             // the batch was full: another wait without blocking would find more
};

class Engine {
 public:
  // The name given to VIOLET_BACKEND.
  virtual const char* name() const = 0;

  // Applies what is queued (interest changes, submissions), then blocks for up to `timeout_ns` (0:
  // not at all; kNoDeadline: for ever), then links what became ready. An interrupted wait returns
  // early with no events; the loop works out what is left to wait. Runs nothing.
  virtual WaitResult wait(std::uint64_t timeout_ns, ReadyList& ready) = 0;

  // The next wait() returns after so long whatever its timeout. A program that waits on fd()
  // instead has to call wait() by then.
  virtual std::uint64_t longest_wait_ns() const { return kNoDeadline; }

  // Applies what is queued and waits for nothing. When a run ends, so that writes go out and an
  // embedder that polls fd() misses nothing.
  virtual void flush() = 0;

  // Sets the level-triggered interest of a channel. Applied lazily: many changes of mind in one
  // iteration cost one system call at most. Returns 0, UV_EEXIST while another channel of this loop
  // watches the same descriptor, or UV_ENOMEM. A channel that wants nothing any more does not
  // count.
  virtual int watch(Channel& channel, Events wanted) = 0;

  // Reports kReadable on a channel of kProcess once this child has ended, until forget(). The
  // channel's descriptor is what the system has for a child (os/spawn.h), if anything. Kernels may
  // report the end a little before the child can be reaped. A negative UV_E* when the engine cannot
  // watch the child, for example because it is gone already; then the caller learns of its end by
  // SIGCHLD or by asking.
  virtual int watch_child(Channel& channel, int pid) = 0;

  // UV_EEXIST while a channel of this loop watches the descriptor or an op waits for it, else 0.
  virtual int check_unused(Descriptor descriptor) = 0;

  // Drops all interest and unlinks the channel from every list; no event of it is delivered any
  // more. Called before the descriptor is closed, so that the kernel never reports a descriptor we
  // reused. Harmless on a channel that never was watched.
  virtual void forget(Channel& channel) = 0;

  // Whether the kernel can report readiness of this descriptor at all: 0, UV_EPERM (a regular file)
  // or another error, as of what is not open.
  virtual int check_pollable(Descriptor descriptor) = 0;

  // Whether the engine would hand a write of so many bytes to the kernel only with the next wait,
  // unless it has `at_once`. Then the caller loses nothing by collecting more writes until that
  // wait.
  virtual bool submits_with_wait(const Channel& channel, std::size_t bytes) const = 0;

  // These start an op.

  // A named pipe is opened by connecting: its channel has no descriptor before the op has
  // succeeded.
  virtual Submitted connect(Op& op, const ConnectArgument& connect) = 0;
  // On a readiness engine a write that cannot proceed is parked, and ends with result 0 (no bytes)
  // once the descriptor is writable (or after a short pause, where the system does not tell that);
  // the owner then submits again what is left, which it would do after a partial write anyway.
  virtual Submitted write(Op& op, const WriteArgument& write) = 0;
  // Writes without an op; only while no op is under way on the channel. Returns how many bytes were
  // taken, UV_EAGAIN if there is no room, or another error. The caller may reuse its buffers at
  // once. What was taken goes out even if the channel is forgotten.
  virtual std::int64_t write_now(Channel& channel, const WriteArgument& write,
                                 WhenFull when_full) = 0;
  // A read is never cancelled.
  virtual Submitted read(Op& op, const ReadArgument& read) = 0;
  // Shuts down the writing side, when everything before it is written. On some systems the op ends
  // only when the other side has read all of it.
  virtual Submitted shut_down(Op& op) = 0;

  // Ends an op early. True: it is over now, `ready` will not be linked, and `result` is its real
  // one or UV_ECANCELED. False: the kernel still owns its buffers; the op ends in a later wait(),
  // with one or the other.
  virtual bool cancel(Op& op) = 0;

  // After kDelivered: copies up to `size` bytes that the engine received ahead into `buffer`, and
  // says how many, or the end (UV_EOF) or error that came after them; UV_EAGAIN when there is
  // nothing more. A size of 0 asks only whether there is anything: 0, or UV_EAGAIN.
  virtual std::int64_t take(Channel& channel, void* buffer, std::size_t size) = 0;

  // After kDelivered for kAccept: the next connection that the engine accepted ahead. 0, the error
  // that came after the connections, or UV_EAGAIN when there is nothing more.
  virtual int take_connection(Channel& channel, OwnedDescriptor& connection) = 0;

  // After kDelivered on a channel of kDatagrams: the next message that the engine received ahead,
  // cut to the buffer as recvmsg(2) would. 0, the error that came after the messages, or UV_EAGAIN
  // when there is nothing more.
  virtual int take_datagram(Channel& channel, const uv_buf_t& buffer,
                            ReceivedDatagram& received) = 0;

  // After take() on a channel of kIpcPipe: the next descriptor that came with the bytes taken so
  // far. False when there is none.
  virtual bool take_passed(Channel&, OwnedDescriptor&) { return false; }

  // Tells the engine which process holds the other end of an IPC pipe, if that is not the process
  // that opened it. For systems on which a descriptor that travels is made for the one process that
  // receives it.
  virtual void name_peer(Channel&, int /*pid*/) {}

  // How many connections a listening pipe prepares for, from the next watch() on. For systems on
  // which the listener has to create its ends of the connections before clients come.
  virtual void supply_ends(Channel&, unsigned int /*count*/) {}

  // Ends a wait that is under way, or the next one. From any thread and from signal handlers. Wakes
  // before the loop has woken up are coalesced.
  virtual void wake() = 0;

  // In the child after fork(2): replaces the kernel objects that the child shares with its parent
  // and watches again what was watched. 0 or a negative UV_E*.
  virtual int after_fork() = 0;

  // A descriptor that polls readable when wait() would find something; -1 where there is none.
  // Whoever asks means to wait on it: an engine may only now prepare for that.
  virtual int fd() = 0;

  // As fd(), where it is no descriptor but a completion port: a program may wait on it in place of
  // wait(), and has to post back the packets that it takes. Null where there is none. It never
  // changes.
  virtual void* port() { return nullptr; }
  // Whether wait() has something to do or to report that neither fd() nor port() shows. Then a
  // program must not wait on them, but let the loop run.
  virtual bool wants_turn() const { return false; }

  // The signal that stays blocked while wait() sleeps (UV_LOOP_BLOCK_SIGNAL); 0 for none.
  virtual void block_signal(int signal_number) = 0;

  // Features in use and refused; the array lives as long as the engine.
  virtual const Feature* features(std::size_t& count) const = 0;

  // The process ends, and nothing but the end comes after this: gives back at once what the kernel
  // would hold beyond it. Of the thread that ran the loop last.
  virtual void let_go() {}

  // Releases the engine's kernel objects and memory. Nothing is watched or pending any more.
  virtual void destroy() = 0;

  // From now on keeps `place` equal to fd(): programs read uv_loop_t.backend_fd directly.
  void publish_descriptor(int& place) {
    place = descriptor_;
    published_ = &place;
  }

 protected:
  // For the engine, whenever fd() becomes another one.
  void descriptor_changed(int descriptor) {
    descriptor_ = descriptor;
    if (published_ != nullptr) *published_ = descriptor;
  }

  // Engines are created and destroyed by their own factory, out of the replaceable allocator.
  ~Engine() = default;

 private:
  int descriptor_ = -1;
  int* published_ = nullptr;
};

// An engine's factory: 0 and a new engine, or a negative UV_E* and a sentence on what was refused.
struct EngineFactory {
  const char* name;
  int (*create)(Engine*& engine, const char*& refusal);
};

template <typename Made>
int create_engine(Engine*& engine, const char*& refusal) {
  Made* made = create<Made>();
  if (made == nullptr) {
    refusal = "out of memory";
    return UV_ENOMEM;
  }
  if (int error = made->open(refusal); error != 0) {
    made->destroy();
    return error;
  }
  engine = made;
  return 0;
}

// The engines of this platform, the default first; null-terminated. Defined in engines.cc beside
// the default engine.
extern const EngineFactory* const kEngines[];

inline constexpr std::size_t kEngineNameSize = 32;

// The outcome of choosing an engine, kept for violet_backend_report().
struct EngineSelection {
  Engine* engine;
  char requested[kEngineNameSize];  // empty: nobody asked for a certain one
  const char* refusal;              // why the requested engine is not in use; null if it is
};

// The engine for a loop: `name` if not null, else VIOLET_BACKEND, else the platform's default.
// UV_EINVAL for a name that does not exist. An engine the kernel refuses gives the default with one
// line on stderr, or UV_ENOTSUP with VIOLET_BACKEND_STRICT=1.
int select_engine(const char* name, EngineSelection& selection);

}  // namespace violet
