// Terminals and other devices that kqueue refuses: a thread waits for them (select_thread.h).
#include <sys/stat.h>

#include "kqueue/engine_class.h"

namespace violet {
namespace {

bool is_device(Descriptor descriptor) {
  struct stat status;
  return fstat(descriptor.native(), &status) == 0 && S_ISCHR(status.st_mode);
}

}  // namespace

// macOS answers EINVAL for them; a terminal that is opened by its own name it takes.
bool KqueueEngine::may_be_selected(Descriptor descriptor, int refusal) {
  return refusal == EINVAL && is_device(descriptor);
}

bool KqueueEngine::select_instead(Channel& channel, int refusal) {
  if (!may_be_selected(channel.descriptor, refusal)) return false;
  if (select_thread_ == nullptr) {
    const SelectThread::Bell bell = {
        [](void* engine) { static_cast<KqueueEngine*>(engine)->wake(); }, this};
    int error = 0;
    select_thread_ = SelectThread::start(bell, error);
    if (error != 0) return false;
  }
  return select_thread_->set(channel.descriptor.native(), channel.armed) == 0;
}

bool KqueueEngine::is_selected(const Channel& channel) const {
  return select_thread_ != nullptr && select_thread_->knows(channel.descriptor.native());
}

void KqueueEngine::set_selected(Channel& channel, Events events) {
  select_thread_->set(channel.descriptor.native(), events);
}

void KqueueEngine::wait_for_selected_again() {
  if (select_thread_ != nullptr) select_thread_->wait_again();
}

void KqueueEngine::collect_selected(ReadyList& ready) {
  if (select_thread_ == nullptr) return;
  select_thread_->collect([&](int descriptor, Events events) {
    Channel* channel = channel_of(static_cast<std::size_t>(descriptor));
    if (channel != nullptr) report(*channel, events, ready);
  });
}

void KqueueEngine::stop_selecting() {
  if (select_thread_ != nullptr) select_thread_->stop();
  select_thread_ = nullptr;
}

void KqueueEngine::abandon_selecting() {
  if (select_thread_ != nullptr) select_thread_->abandon();
  select_thread_ = nullptr;
}

}  // namespace violet
