// Reading directories.
#include <algorithm>

#include "fs_directory_fixture.h"
#include "support.h"

namespace conformance {
namespace {

#define START uv_loop_t *loop, uv_fs_t *request, uv_fs_cb callback

FOR_BOTH_MODES(FsDirectory);

TEST_P(FsDirectory, ScansFilesAndDirectoriesInOrder) {
  Entries expected = make_entries();
  FsCall call;
  ASSERT_EQ(static_cast<ssize_t>(expected.size()), scan(call, directory_.path()));
  uv_dirent_t entry;
  for (const auto& [name, type] : expected) {
    ASSERT_EQ(0, uv_fs_scandir_next(&call.request, &entry));
    EXPECT_EQ(name, entry.name);
    EXPECT_EQ(type, entry.type);
  }
  EXPECT_EQ(UV_EOF, uv_fs_scandir_next(&call.request, &entry));
}

TEST_P(FsDirectory, ScansAnEmptyDirectory) {
  FsCall call;
  EXPECT_EQ(0, scan(call, directory_.path()));
  EXPECT_EQ(nullptr, call.request.ptr);
  uv_dirent_t entry;
  EXPECT_EQ(UV_EOF, uv_fs_scandir_next(&call.request, &entry));
}

TEST_P(FsDirectory, CleansUpAHalfReadScan) {
  make_entries();
  FsCall call;
  scan(call, directory_.path());
  uv_dirent_t entry;
  EXPECT_EQ(0, uv_fs_scandir_next(&call.request, &entry));
  uv_fs_req_cleanup(&call.request);
  uv_fs_req_cleanup(&call.request);
  EXPECT_EQ(nullptr, call.request.ptr);
}

TEST_P(FsDirectory, ScansManyEntries) {
  constexpr int kCount = 1000;
  for (int i = 0; i < kCount; ++i) {
    uv_fs_t request;
    const std::string path = directory_ / ("entry-" + std::to_string(i));
    int file = uv_fs_open(nullptr, &request, path.c_str(), UV_FS_O_CREAT, 0600, nullptr);
    ASSERT_GE(file, 0);
    uv_fs_close(nullptr, &request, file, nullptr);
  }
  FsCall call;
  EXPECT_EQ(kCount, scan(call, directory_.path()));
  std::vector<std::string> names;
  uv_dirent_t entry;
  while (uv_fs_scandir_next(&call.request, &entry) == 0)
    names.push_back(entry.name);
  EXPECT_EQ(kCount, static_cast<int>(names.size()));
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST_P(FsDirectory, TellsWhyItCannotScan) {
  FsCall call;
  uv_dirent_t entry;
  EXPECT_EQ(UV_ENOENT, scan(call, directory_ / "missing"));
  EXPECT_EQ(nullptr, call.request.ptr);
  EXPECT_EQ(UV_ENOENT, uv_fs_scandir_next(&call.request, &entry));
  write_file(directory_ / "file", "");
  EXPECT_EQ(UV_ENOTDIR, scan(call, directory_ / "file"));
}

TEST_P(FsDirectory, ReadsSomeEntriesAtATime) {
  Entries expected = make_entries();
  uv_dir_t* directory = open_directory(directory_.path());
  ASSERT_NE(nullptr, directory);
  uv_dirent_t room[2];
  directory->dirents = room;
  directory->nentries = 2;
  Entries found;
  std::vector<ssize_t> counts;
  for (;;) {
    FsCall call;
    ssize_t count = read_directory(call, directory);
    EXPECT_EQ(directory, call.request.ptr);
    counts.push_back(count);
    if (count <= 0) break;
    for (ssize_t i = 0; i < count; ++i)
      found.emplace_back(room[i].name, room[i].type);
  }
  EXPECT_EQ((std::vector<ssize_t>{2, 1, 0}), counts);
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  EXPECT_EQ(expected, found);
  EXPECT_EQ(0, close_directory(directory));
}

TEST_P(FsDirectory, RefusesToReadIntoNothing) {
  uv_dir_t* directory = open_directory(directory_.path());
  ASSERT_NE(nullptr, directory);
  directory->dirents = nullptr;
  directory->nentries = 2;
  uv_fs_cb callback = GetParam() == Mode::kSync ? nullptr : FsCall::count;
  uv_fs_t request = {};
  EXPECT_EQ(UV_EINVAL, uv_fs_readdir(&loop_, &request, directory, callback));
  EXPECT_EQ(UV_EINVAL, uv_fs_readdir(&loop_, &request, nullptr, callback));
  EXPECT_EQ(UV_EINVAL, uv_fs_closedir(&loop_, &request, nullptr, callback));
  uv_fs_req_cleanup(&request);
  EXPECT_EQ(0, uv_loop_alive(&loop_));
  EXPECT_EQ(0, close_directory(directory));
}

TEST_P(FsDirectory, TellsWhyItCannotOpen) {
  FsCall call;
  std::string path = directory_ / "missing";
  EXPECT_EQ(UV_ENOENT,
            run(call, [&](START) { return uv_fs_opendir(loop, request, path.c_str(), callback); }));
  EXPECT_EQ(nullptr, call.request.ptr);
  write_file(directory_ / "file", "");
  path = directory_ / "file";
  EXPECT_EQ(UV_ENOTDIR,
            run([&](START) { return uv_fs_opendir(loop, request, path.c_str(), callback); }));
}

}  // namespace
}  // namespace conformance
