// What the tests of directories share.
#pragma once

#include <utility>
#include <vector>

#include "fs_support.h"
#include "platform.h"

namespace conformance {

using Entries = std::vector<std::pair<std::string, uv_dirent_type_t>>;

class FsDirectory : public FsFixture {
 protected:
  ssize_t scan(FsCall& call, const std::string& path) {
    return run(call, [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_scandir(loop, request, path.c_str(), 0, callback);
    });
  }
  uv_dir_t* open_directory(const std::string& path) {
    FsCall call;
    EXPECT_EQ(0, run(call, [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
                return uv_fs_opendir(loop, request, path.c_str(), callback);
              }));
    return static_cast<uv_dir_t*>(call.request.ptr);
  }
  ssize_t read_directory(FsCall& call, uv_dir_t* directory) {
    return run(call, [&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_readdir(loop, request, directory, callback);
    });
  }
  ssize_t close_directory(uv_dir_t* directory) {
    return run([&](uv_loop_t* loop, uv_fs_t* request, uv_fs_cb callback) {
      return uv_fs_closedir(loop, request, directory, callback);
    });
  }
  Entries make_entries() {
    uv_fs_t request;
    write_file(directory_ / "b-file", "x");
    EXPECT_EQ(0,
              uv_fs_mkdir(nullptr, &request, (directory_ / "a-directory").c_str(), 0700, nullptr));
    write_file(directory_ / "C-file", "");
    Entries entries = {{"a-directory", UV_DIRENT_DIR}, {"b-file", UV_DIRENT_FILE}};
    // By its bytes first, without regard to the case last: the order of the system (libuv 1.40.0).
    entries.insert(kIsWindows ? entries.end() : entries.begin(), {"C-file", UV_DIRENT_FILE});
    return entries;
  }
};

}  // namespace conformance
