#include "os/system_error.h"
#include "uv.h"

uv_req_type uv_req_get_type(const uv_req_t* request) {
  return request->type;
}

void* uv_req_get_data(const uv_req_t* request) {
  return request->data;
}

void uv_req_set_data(uv_req_t* request, void* data) {
  request->data = data;
}

uv_fs_type uv_fs_get_type(const uv_fs_t* request) {
  return request->fs_type;
}

ssize_t uv_fs_get_result(const uv_fs_t* request) {
  return request->result;
}

void* uv_fs_get_ptr(const uv_fs_t* request) {
  return request->ptr;
}

const char* uv_fs_get_path(const uv_fs_t* request) {
  return request->path;
}

uv_stat_t* uv_fs_get_statbuf(uv_fs_t* request) {
  return &request->statbuf;
}

int uv_fs_get_system_error(const uv_fs_t* request) {
  return violet::system_error_of(static_cast<int>(request->result));
}
