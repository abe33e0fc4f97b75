// Watched files and folders, by EVFILT_VNODE: what the kernel noted is collected, and handed over
// as a value that os/bsd understands.
#include <cstring>

#include "kqueue/engine_class.h"
#include "os/bsd/file_notes.h"

namespace violet {

Event KqueueEngine::change_of_file(const Channel& channel, int flags) {
  const auto ident = static_cast<std::uintptr_t>(channel.descriptor.native());
  return change_of(ident, EVFILT_VNODE, flags, kFileNotes);
}

// Not with the next wait: what happens from now on has to be told, and a file system may refuse.
int KqueueEngine::watch_file_now(Channel& channel) {
  if (!channel.change.linked()) return 0;
  channel.change.unlink();
  Event change;
  changes_of(channel, &change);
  const int error = apply_one(change);
  if (error == 0) return 0;
  channel.wanted = kNoEvents;
  set_armed(channel, kNoEvents);
  return error;
}

void KqueueEngine::collect_file(const Event& event, Channel& channel, ReadyList& ready) {
  FileNotes notes = event.fflags & kFileNotes;
  // A file system that is gone, by force, leaves nothing else.
  if ((event.flags & EV_EOF) != 0) notes |= NOTE_REVOKE;
  channel.record |= static_cast<std::int32_t>(notes);
  channel.events |= kDelivered;
  ready.push_back_once(channel.ready);
}

std::int64_t KqueueEngine::take(Channel& channel, void* buffer, std::size_t size) {
  const FileNotes notes = static_cast<FileNotes>(channel.record);
  if (channel.nature != Nature::kFolder || notes == 0 || size < sizeof(notes)) return UV_EAGAIN;
  std::memcpy(buffer, &notes, sizeof(notes));
  channel.record = 0;
  return sizeof(notes);
}

}  // namespace violet
