// What each kind of file system request does. Run on any thread; the arguments are in the request.
// The result is bytes, a descriptor, a number of entries or 0, or a negative UV_E*.
#pragma once

#include "request/fs.h"

namespace violet {

// fs_data.cc: `file`, and what the name tells.
std::int64_t fs_open(FsRequest& request);
std::int64_t fs_close(FsRequest& request);
std::int64_t fs_read(FsRequest& request);
std::int64_t fs_write(FsRequest& request);
std::int64_t fs_sync(FsRequest& request);
std::int64_t fs_sync_data(FsRequest& request);
std::int64_t fs_truncate(FsRequest& request);
std::int64_t fs_transfer(FsRequest& request);
std::int64_t fs_copy(FsRequest& request);

// fs_metadata.cc
std::int64_t fs_stat(FsRequest& request);
std::int64_t fs_stat_link(FsRequest& request);
std::int64_t fs_stat_file(FsRequest& request);
std::int64_t fs_stat_file_system(FsRequest& request);
std::int64_t fs_access(FsRequest& request);
std::int64_t fs_change_mode(FsRequest& request);
std::int64_t fs_change_file_mode(FsRequest& request);
std::int64_t fs_change_owner(FsRequest& request);
std::int64_t fs_change_link_owner(FsRequest& request);
std::int64_t fs_change_file_owner(FsRequest& request);
std::int64_t fs_change_times(FsRequest& request);
std::int64_t fs_change_link_times(FsRequest& request);
std::int64_t fs_change_file_times(FsRequest& request);

// fs_names.cc
std::int64_t fs_remove_file(FsRequest& request);
std::int64_t fs_rename(FsRequest& request);
std::int64_t fs_make_link(FsRequest& request);
std::int64_t fs_make_symbolic_link(FsRequest& request);
std::int64_t fs_read_link(FsRequest& request);
std::int64_t fs_resolve_path(FsRequest& request);
std::int64_t fs_make_directory(FsRequest& request);
std::int64_t fs_remove_directory(FsRequest& request);
std::int64_t fs_make_temporary_directory(FsRequest& request);
std::int64_t fs_make_temporary_file(FsRequest& request);

// fs_directory.cc: `ptr` is the uv_dir_t of the last two.
std::int64_t fs_scan_directory(FsRequest& request);
std::int64_t fs_open_directory(FsRequest& request);
std::int64_t fs_read_directory(FsRequest& request);
std::int64_t fs_close_directory(FsRequest& request);

// The next entry of a finished scan: 0, UV_EOF, or the error with which the scan ended.
int next_scanned(FsRequest& request, uv_dirent_t& entry);

}  // namespace violet
