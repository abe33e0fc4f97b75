// Reading directories: all at once (scandir), or some entries at a time (opendir, readdir).
#include "base/allocator.h"
#include "os/directory.h"
#include "request/directory_listing.h"
#include "request/fs_operations.h"

namespace violet {
namespace {

// Overlays the public uv_dir_t.
struct Directory {
  using Public = uv_dir_t;

  uv_dirent_t* entries;
  std::size_t capacity;
  DirectoryStream* stream;
};

static_assert(offsetof(Directory, entries) == offsetof(uv_dir_t, dirents));
static_assert(offsetof(Directory, capacity) == offsetof(uv_dir_t, nentries));
static_assert(sizeof(Directory) <= sizeof(uv_dir_t));

Directory& directory_of(FsRequest& request) {
  return *static_cast<Directory*>(request.ptr);
}

// Gives the request a listing of up to `limit` entries, none if there are none: how many, or a
// negative UV_E*.
std::int64_t list_entries(FsRequest& request, DirectoryStream* stream, std::size_t limit) {
  DirectoryListing* listing = create<DirectoryListing>();
  if (listing == nullptr) return UV_ENOMEM;
  const int error = listing->read(stream, limit);
  if (error != 0 || listing->entries.size() == 0) {
    destroy(listing);
    return error;
  }
  request.listing = listing;
  return static_cast<std::int64_t>(listing->entries.size());
}

}  // namespace

std::int64_t fs_scan_directory(FsRequest& request) {
  int error = 0;
  DirectoryStream* stream = open_directory(request.path, error);
  if (stream == nullptr) return error;
  std::int64_t count = list_entries(request, stream, SIZE_MAX);
  close_directory(stream);
  if (count <= 0) return count;
  if (!directories_have_an_order()) request.listing->sort();
  request.ptr = request.listing;
  return count;
}

int next_scanned(FsRequest& request, uv_dirent_t& entry) {
  if (request.result < 0) return static_cast<int>(request.result);
  DirectoryListing* listing = request.listing;
  if (listing == nullptr) return UV_EOF;
  if (listing->next == listing->entries.size()) {
    // Programs that read to the end do not always clean up.
    destroy(listing);
    request.listing = nullptr;
    request.ptr = nullptr;
    return UV_EOF;
  }
  entry = listing->at(listing->next++);
  return 0;
}

std::int64_t fs_open_directory(FsRequest& request) {
  void* memory = allocate_zeroed(1, sizeof(uv_dir_t));
  if (memory == nullptr) return UV_ENOMEM;
  Directory& directory = view<Directory>(static_cast<uv_dir_t*>(memory));
  int error = 0;
  directory.stream = open_directory(request.path, error);
  if (directory.stream == nullptr) {
    release(memory);
    return error;
  }
  // Stays after the cleanup; uv_fs_closedir() frees it.
  request.ptr = memory;
  return 0;
}

std::int64_t fs_read_directory(FsRequest& request) {
  Directory& directory = directory_of(request);
  std::int64_t count = list_entries(request, directory.stream, directory.capacity);
  for (std::int64_t i = 0; i < count; ++i)
    directory.entries[i] = request.listing->at(static_cast<std::size_t>(i));
  return count;
}

std::int64_t fs_close_directory(FsRequest& request) {
  int error = close_directory(directory_of(request).stream);
  release(request.ptr);
  request.ptr = nullptr;
  return error;
}

}  // namespace violet
