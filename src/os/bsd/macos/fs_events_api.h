// The few functions of macOS's File System Events service that we use, looked up at run time: the
// library is linked against nothing of it, and works without. The declarations are ours, after
// Apple's documentation ("File System Events", "Core Foundation", "Dispatch").
#pragma once

#include <cstddef>
#include <cstdint>

namespace violet {

// Objects of the service are opaque to us.
using FsEventsObject = void*;

// FSEventStreamEventFlags.
inline constexpr std::uint32_t kMustScanSubfolders = 0x1;
inline constexpr std::uint32_t kUserDropped = 0x2;
inline constexpr std::uint32_t kKernelDropped = 0x4;
inline constexpr std::uint32_t kHistoryDone = 0x10;
inline constexpr std::uint32_t kRootChanged = 0x20;
inline constexpr std::uint32_t kMounted = 0x40;
inline constexpr std::uint32_t kUnmounted = 0x80;
inline constexpr std::uint32_t kItemCreated = 0x100;
inline constexpr std::uint32_t kItemRemoved = 0x200;
inline constexpr std::uint32_t kItemMetadataChanged = 0x400;
inline constexpr std::uint32_t kItemRenamed = 0x800;
inline constexpr std::uint32_t kItemModified = 0x1000;
inline constexpr std::uint32_t kItemFinderInfoChanged = 0x2000;
inline constexpr std::uint32_t kItemOwnerChanged = 0x4000;
inline constexpr std::uint32_t kItemAttributeChanged = 0x8000;

// FSEventStreamCreateFlags.
inline constexpr std::uint32_t kWithoutDelay = 0x2;
inline constexpr std::uint32_t kWatchRoot = 0x4;
inline constexpr std::uint32_t kFileEvents = 0x10;

// FSEventStreamEventId: nothing of what happened before.
inline constexpr std::uint64_t kSinceNow = UINT64_MAX;

using FsEventsCallback = void (*)(FsEventsObject stream, void* context, std::size_t count,
                                  void* paths, const std::uint32_t* flags,
                                  const std::uint64_t* ids);

struct FsEventsContext {
  long version;
  void* context;
  const void* (*retain)(const void*);
  void (*release)(const void*);
  FsEventsObject (*describe)(const void*);
};

struct FsEventsApi {
  FsEventsObject (*create_stream)(FsEventsObject allocator, FsEventsCallback callback,
                                  FsEventsContext* context, FsEventsObject paths,
                                  std::uint64_t since, double latency, std::uint32_t flags);
  void (*set_queue)(FsEventsObject stream, FsEventsObject queue);
  unsigned char (*start)(FsEventsObject stream);
  void (*stop)(FsEventsObject stream);
  void (*invalidate)(FsEventsObject stream);
  void (*release_stream)(FsEventsObject stream);

  FsEventsObject (*create_path)(FsEventsObject allocator, const char* path);
  FsEventsObject (*create_array)(FsEventsObject allocator, const void** values, long count,
                                 const void* callbacks);
  const void* array_callbacks;
  void (*release)(const void* object);

  FsEventsObject (*create_queue)(const char* label, FsEventsObject attributes);
  void (*run_on_queue)(FsEventsObject queue, void* context, void (*work)(void*));
  void (*release_queue)(FsEventsObject queue);
};

// Null where the service is not there, and in forked children, which may not use it before they run
// another program.
const FsEventsApi* fs_events_api();

}  // namespace violet
