#include "kqueue/select_thread.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/error.h"
#include "os/signal_actions.h"

namespace violet {

SelectThread* SelectThread::start(Bell bell, int& error) {
  SelectThread* made = create<SelectThread>();
  if (made == nullptr) {
    error = UV_ENOMEM;
    return nullptr;
  }
  made->bell_ = bell;
  error = made->open_pipe();
  if (error == 0) {
    ThreadOptions options;
    options.name = "libuv-select";
    error = made->thread_.start([](void* self) { static_cast<SelectThread*>(self)->run(); }, made,
                                options);
  }
  if (error == 0) return made;
  destroy(made);
  return nullptr;
}

SelectThread::~SelectThread() {
  if (poke_reader_ >= 0) close(poke_reader_);
  if (poke_writer_ >= 0) close(poke_writer_);
}

int SelectThread::open_pipe() {
  int ends[2];
  if (pipe(ends) != 0) return last_error();
  poke_reader_ = ends[0];
  poke_writer_ = ends[1];
  for (int end : ends) {
    if (fcntl(end, F_SETFD, FD_CLOEXEC) != 0 || fcntl(end, F_SETFL, O_NONBLOCK) != 0) {
      return last_error();
    }
  }
  return poke_reader_ < FD_SETSIZE ? 0 : UV_EMFILE;
}

void SelectThread::stop() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    poke();
  }
  thread_.join();
  destroy(this);
}

// The lock is not touched: in this process the thread that may have held it does not exist.
void SelectThread::abandon() {
  destroy(this);
}

const SelectThread::Entry* SelectThread::find(int descriptor) const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].descriptor == descriptor) return &entries_[i];
  }
  return nullptr;
}

int SelectThread::set(int descriptor, Events wanted) {
  if (descriptor >= FD_SETSIZE) return UV_EINVAL;
  wanted &= kReadable | kWritable;
  MutexLock lock(mutex_);
  Entry* entry = find(descriptor);
  if (entry == nullptr) {
    if (wanted == kNoEvents) return 0;
    if (!entries_.push_back({descriptor, wanted, kNoEvents, kNoEvents})) return UV_ENOMEM;
  } else if (wanted != kNoEvents) {
    entry->wanted = wanted;
    entry->happened &= wanted;
    entry->collected &= wanted;
  } else {
    *entry = entries_.back();
    entries_.pop_back();
  }
  ++changes_;
  poke();
  while (wanted == kNoEvents && seen_ != changes_)
    seen_condition_.wait(mutex_);
  return 0;
}

void SelectThread::wait_again() {
  MutexLock lock(mutex_);
  bool any = false;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    Entry& entry = entries_[i];
    any |= entry.collected != kNoEvents;
    entry.happened &= static_cast<Events>(~entry.collected);
    entry.collected = kNoEvents;
  }
  if (!any) return;
  ++changes_;
  poke();
}

void SelectThread::run() {
  // Signal handlers of the program need not run on this thread.
  SignalsBlocked blocked;
  mutex_.lock();
  while (!stopping_) {
    Sets sets;
    fill(sets);
    seen_ = changes_;
    seen_condition_.broadcast();
    mutex_.unlock();
    const int count = select(sets.highest + 1, &sets.readable, &sets.writable, nullptr, nullptr);
    const int error = errno;
    mutex_.lock();
    drain();
    bool any = false;
    if (count > 0) any = take(sets, count);
    if (count < 0 && error == EBADF) any = take_closed();
    if (any) bell_.ring(bell_.context);
  }
  mutex_.unlock();
}

void SelectThread::fill(Sets& sets) const {
  FD_ZERO(&sets.readable);
  FD_ZERO(&sets.writable);
  FD_SET(poke_reader_, &sets.readable);
  sets.highest = poke_reader_;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    const Events awaited = entry.wanted & static_cast<Events>(~entry.happened);
    if ((awaited & kReadable) != 0) FD_SET(entry.descriptor, &sets.readable);
    if ((awaited & kWritable) != 0) FD_SET(entry.descriptor, &sets.writable);
    if (awaited != kNoEvents) sets.highest = std::max(sets.highest, entry.descriptor);
  }
}

// What changed during the wait counts: an entry that is new, or wants something else, is looked at
// in the next one.
bool SelectThread::take(const Sets& sets, int count) {
  if (FD_ISSET(poke_reader_, &sets.readable)) --count;
  if (count == 0 || seen_ != changes_) return false;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    Entry& entry = entries_[i];
    if (FD_ISSET(entry.descriptor, &sets.readable)) entry.happened |= kReadable;
    if (FD_ISSET(entry.descriptor, &sets.writable)) entry.happened |= kWritable;
  }
  return true;
}

// The program has closed a descriptor that is watched: its owner finds out by using it.
bool SelectThread::take_closed() {
  bool any = false;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    Entry& entry = entries_[i];
    if (fcntl(entry.descriptor, F_GETFD) >= 0) continue;
    any |= entry.happened != entry.wanted;
    entry.happened = entry.wanted;
  }
  return any;
}

void SelectThread::poke() const {
  // A full pipe pokes as well.
  while (write(poke_writer_, "", 1) < 0 && errno == EINTR) {
  }
}

void SelectThread::drain() const {
  char bytes[64];
  while (read(poke_reader_, bytes, sizeof(bytes)) > 0) {
  }
}

}  // namespace violet
