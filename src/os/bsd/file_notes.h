// What EVFILT_VNODE tells of a file or folder, between the engine that hears it and the watcher
// that knows what it means.
#pragma once

// OpenBSD wants the types first.
#include <sys/types.h>

#include <sys/event.h>

#include <cstdint>

namespace violet {

// A set of NOTE_* bits. What the engine hands over for a watch is one such value.
using FileNotes = std::uint32_t;

// OpenBSD tells of a file that was cut by a bit of its own, which stands for other things
// elsewhere.
#ifdef NOTE_TRUNCATE
inline constexpr FileNotes kTruncated = NOTE_TRUNCATE;
#else
inline constexpr FileNotes kTruncated = 0;
#endif

inline constexpr FileNotes kContentNotes = NOTE_WRITE | NOTE_EXTEND | kTruncated;
inline constexpr FileNotes kAttributeNotes = NOTE_ATTRIB | NOTE_LINK;
inline constexpr FileNotes kNameNotes = NOTE_DELETE | NOTE_RENAME | NOTE_REVOKE;
// Not what tells of readers.
inline constexpr FileNotes kFileNotes = kContentNotes | kAttributeNotes | kNameNotes;

}  // namespace violet
