// What the tests of copying share.
#pragma once

#include <cstddef>
#include <string>

#include "fs_support.h"

namespace conformance {

class FsCopy : public FsFixture {
 protected:
  ssize_t copy(const std::string& from, const std::string& to, int flags = 0) {
    return run([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_copyfile(loop, request, from.c_str(), to.c_str(), flags, callback);
    });
  }
  ssize_t send(uv_file out, uv_file in, int64_t offset, std::size_t length) {
    return run([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_sendfile(loop, request, out, in, offset, length, callback);
    });
  }
  bool exists(const std::string& path) {
    uv_fs_t request;
    return uv_fs_access(nullptr, &request, path.c_str(), F_OK, nullptr) == 0;
  }

  std::string from_ = directory_ / "from";
  std::string to_ = directory_ / "to";
};
}  // namespace conformance
