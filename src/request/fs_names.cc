// Names of files and directories, and links.
#include "os/names.h"

#include "request/fs_operations.h"

namespace violet {
namespace {

std::int64_t with_text(FsRequest& request, char* text, int error) {
  if (text == nullptr) return error;
  request.ptr = text;
  request.header.state |= kOwnsResult;
  return 0;
}

// A template's copy belongs to the request.
char* writable_path(FsRequest& request) {
  return const_cast<char*>(request.path);
}

}  // namespace

std::int64_t fs_remove_file(FsRequest& request) {
  return remove_file(request.path);
}

std::int64_t fs_rename(FsRequest& request) {
  return rename_file(request.path, request.new_path);
}

std::int64_t fs_make_link(FsRequest& request) {
  return make_link(request.path, request.new_path);
}

std::int64_t fs_make_symbolic_link(FsRequest& request) {
  return make_symbolic_link(request.path, request.new_path, request.flags);
}

std::int64_t fs_read_link(FsRequest& request) {
  int error = 0;
  char* target = target_of_link(request.path, error);
  return with_text(request, target, error);
}

std::int64_t fs_resolve_path(FsRequest& request) {
  int error = 0;
  char* resolved = resolve_path(request.path, error);
  return with_text(request, resolved, error);
}

std::int64_t fs_make_directory(FsRequest& request) {
  return make_directory(request.path, request.mode);
}

std::int64_t fs_remove_directory(FsRequest& request) {
  return remove_directory(request.path);
}

std::int64_t fs_make_temporary_directory(FsRequest& request) {
  return make_temporary_directory(writable_path(request));
}

std::int64_t fs_make_temporary_file(FsRequest& request) {
  uv_file file;
  const int error = make_temporary_file(writable_path(request), file);
  if (error == 0) return file;
  // What is left of the template then is the name of nothing, and nothing to be removed.
  writable_path(request)[0] = '\0';
  return error;
}

}  // namespace violet
