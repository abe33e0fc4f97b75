// What is known about files, and who may do what with them.
#include "base/allocator.h"
#include "os/cached_file.h"
#include "os/file_status.h"
#include "request/fs_operations.h"

namespace violet {
namespace {

std::int64_t with_status(FsRequest& request, int error) {
  if (error == 0) request.ptr = &request.status;
  return error;
}

}  // namespace

std::int64_t fs_stat(FsRequest& request) {
  int error = status_of_path(request.path, request.status);
  if (error == 0 && request.learn) learn_file_system(request.path, request.status.st_dev);
  return with_status(request, error);
}

std::int64_t fs_stat_link(FsRequest& request) {
  int error = status_of_link(request.path, request.status);
  if (error == 0 && request.learn) learn_file_system(request.path, request.status.st_dev);
  return with_status(request, error);
}

std::int64_t fs_stat_file(FsRequest& request) {
  int error = status_of_file(request.file, request.status);
  if (error == 0 && request.learn) learn_file_system(request.file, request.status.st_dev);
  return with_status(request, error);
}

std::int64_t fs_stat_file_system(FsRequest& request) {
  uv_statfs_t status;
  if (int error = status_of_file_system(request.path, status); error != 0) return error;
  request.ptr = duplicate_bytes(&status, sizeof(status));
  if (request.ptr == nullptr) return UV_ENOMEM;
  request.header.state |= kOwnsResult;
  return 0;
}

std::int64_t fs_access(FsRequest& request) {
  return check_access(request.path, request.mode);
}

std::int64_t fs_change_mode(FsRequest& request) {
  return change_mode(request.path, request.mode);
}

std::int64_t fs_change_file_mode(FsRequest& request) {
  return change_file_mode(request.file, request.mode);
}

std::int64_t fs_change_owner(FsRequest& request) {
  return change_owner(request.path, request.owner.user, request.owner.group);
}

std::int64_t fs_change_link_owner(FsRequest& request) {
  return change_link_owner(request.path, request.owner.user, request.owner.group);
}

std::int64_t fs_change_file_owner(FsRequest& request) {
  return change_file_owner(request.file, request.owner.user, request.owner.group);
}

std::int64_t fs_change_times(FsRequest& request) {
  return change_times(request.path, request.times);
}

std::int64_t fs_change_link_times(FsRequest& request) {
  return change_link_times(request.path, request.times);
}

std::int64_t fs_change_file_times(FsRequest& request) {
  return change_file_times(request.file, request.times);
}

}  // namespace violet
