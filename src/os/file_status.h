// What the system tells about files and file systems, and who may do what with them. 0 or a
// negative UV_E*. All of it may block.
#pragma once

#include <uv.h>

namespace violet {

int status_of_path(const char* path, uv_stat_t& status);
// Of a symbolic link itself.
int status_of_link(const char* path, uv_stat_t& status);
int status_of_file(uv_file file, uv_stat_t& status);
int status_of_file_system(const char* path, uv_statfs_t& status);

int check_access(const char* path, int mode);
int change_mode(const char* path, int mode);
int change_file_mode(uv_file file, int mode);
int change_owner(const char* path, uv_uid_t user, uv_gid_t group);
int change_link_owner(const char* path, uv_uid_t user, uv_gid_t group);
int change_file_owner(uv_file file, uv_uid_t user, uv_gid_t group);

// Seconds since 1970, UV_FS_UTIME_NOW or UV_FS_UTIME_OMIT.
struct FileTimes {
  double access;
  double modification;
};
int change_times(const char* path, const FileTimes& times);
int change_link_times(const char* path, const FileTimes& times);
int change_file_times(uv_file file, const FileTimes& times);

}  // namespace violet
