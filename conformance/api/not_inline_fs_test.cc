// No callback of a file operation runs inside the call that started it, when it works and when it
// fails at once.
#include "not_inline.h"

namespace conformance {
namespace {

// Every file operation, with what exists and with what does not.
struct FsCase {
  const char* name;
  int (*start)(uv_loop_t*, uv_fs_t*, const char* path, uv_file, uv_fs_cb);
};

void PrintTo(const FsCase& tested, std::ostream* out) {
  *out << tested.name;
}

constexpr auto kSameUser = static_cast<uv_uid_t>(-1);
constexpr auto kSameGroup = static_cast<uv_gid_t>(-1);

using Loop = uv_loop_t*;
using Request = uv_fs_t*;
using Path = const char*;

const FsCase kFsCases[] = {
    {"access", [](Loop loop, Request request, Path path, uv_file,
                  uv_fs_cb cb) { return uv_fs_access(loop, request, path, F_OK, cb); }},
    {"chmod", [](Loop loop, Request request, Path path, uv_file,
                 uv_fs_cb cb) { return uv_fs_chmod(loop, request, path, 0700, cb); }},
    {"chown", [](Loop loop, Request request, Path path, uv_file,
                 uv_fs_cb cb) { return uv_fs_chown(loop, request, path, kSameUser, kSameGroup, cb); }},
    {"close", [](Loop loop, Request request, Path, uv_file file,
                 uv_fs_cb cb) { return uv_fs_close(loop, request, file < 0 ? file : open_at_once(kNullDevice, UV_FS_O_RDONLY), cb); }},
    {"copyfile",
     [](Loop loop, Request request, Path path, uv_file, uv_fs_cb cb) {
       return uv_fs_copyfile(loop, request, path, (std::string(path) + "2").c_str(), 0, cb);
     }},
    {"fchmod", [](Loop loop, Request request, Path, uv_file file,
                  uv_fs_cb cb) { return uv_fs_fchmod(loop, request, file, 0600, cb); }},
    {"fchown", [](Loop loop, Request request, Path, uv_file file, uv_fs_cb cb) {
       return uv_fs_fchown(loop, request, file, kSameUser, kSameGroup, cb);
     }},
    {"fdatasync", [](Loop loop, Request request, Path, uv_file file,
                     uv_fs_cb cb) { return uv_fs_fdatasync(loop, request, file, cb); }},
    {"fstat", [](Loop loop, Request request, Path, uv_file file,
                 uv_fs_cb cb) { return uv_fs_fstat(loop, request, file, cb); }},
    {"fsync", [](Loop loop, Request request, Path, uv_file file,
                 uv_fs_cb cb) { return uv_fs_fsync(loop, request, file, cb); }},
    {"ftruncate", [](Loop loop, Request request, Path, uv_file file,
                     uv_fs_cb cb) { return uv_fs_ftruncate(loop, request, file, 1, cb); }},
    {"futime", [](Loop loop, Request request, Path, uv_file file,
                  uv_fs_cb cb) { return uv_fs_futime(loop, request, file, 1, 1, cb); }},
    {"lchown", [](Loop loop, Request request, Path path, uv_file,
                  uv_fs_cb cb) { return uv_fs_lchown(loop, request, path, kSameUser, kSameGroup, cb); }},
    {"link",
     [](Loop loop, Request request, Path path, uv_file, uv_fs_cb cb) {
       return uv_fs_link(loop, request, path, (std::string(path) + "2").c_str(), cb);
     }},
    {"lstat", [](Loop loop, Request request, Path path, uv_file,
                 uv_fs_cb cb) { return uv_fs_lstat(loop, request, path, cb); }},
    {"lutime", [](Loop loop, Request request, Path path, uv_file,
                  uv_fs_cb cb) { return uv_fs_lutime(loop, request, path, 1, 1, cb); }},
    {"mkdir", [](Loop loop, Request request, Path path, uv_file,
                 uv_fs_cb cb) { return uv_fs_mkdir(loop, request, path, 0700, cb); }},
    {"mkdtemp",
     [](Loop loop, Request request, Path path, uv_file, uv_fs_cb cb) {
       return uv_fs_mkdtemp(loop, request, (std::string(path) + "XXXXXX").c_str(), cb);
     }},
    {"mkstemp",
     [](Loop loop, Request request, Path path, uv_file, uv_fs_cb) {
       return uv_fs_mkstemp(loop, request, (std::string(path) + "XXXXXX").c_str(),
                            [](uv_fs_t* done) {
                              noted(done);
                              if (done->result >= 0) close_at_once(static_cast<uv_file>(done->result));
                            });
     }},
    {"open",
     [](Loop loop, Request request, Path path, uv_file, uv_fs_cb) {
       return uv_fs_open(loop, request, path, UV_FS_O_RDONLY, 0, [](uv_fs_t* done) {
         noted(done);
         if (done->result >= 0) close_at_once(static_cast<uv_file>(done->result));
       });
     }},
    {"opendir",
     [](Loop loop, Request request, Path path, uv_file, uv_fs_cb cb) {
       return uv_fs_opendir(loop, request, path, cb);
     }},
    {"read",
     [](Loop loop, Request request, Path, uv_file file, uv_fs_cb cb) {
       uv_buf_t buffer = one_byte();
       return uv_fs_read(loop, request, file, &buffer, 1, 0, cb);
     }},
    {"readlink", [](Loop loop, Request request, Path path, uv_file,
                    uv_fs_cb cb) { return uv_fs_readlink(loop, request, path, cb); }},
    {"realpath", [](Loop loop, Request request, Path path, uv_file,
                    uv_fs_cb cb) { return uv_fs_realpath(loop, request, path, cb); }},
    {"rename",
     [](Loop loop, Request request, Path path, uv_file, uv_fs_cb cb) {
       return uv_fs_rename(loop, request, path, (std::string(path) + "2").c_str(), cb);
     }},
    {"rmdir", [](Loop loop, Request request, Path path, uv_file,
                 uv_fs_cb cb) { return uv_fs_rmdir(loop, request, path, cb); }},
    {"scandir", [](Loop loop, Request request, Path path, uv_file,
                   uv_fs_cb cb) { return uv_fs_scandir(loop, request, path, 0, cb); }},
    {"sendfile", [](Loop loop, Request request, Path, uv_file file,
                    uv_fs_cb cb) { return uv_fs_sendfile(loop, request, file, file, 0, 1, cb); }},
    {"stat", [](Loop loop, Request request, Path path, uv_file,
                uv_fs_cb cb) { return uv_fs_stat(loop, request, path, cb); }},
    {"statfs", [](Loop loop, Request request, Path path, uv_file,
                  uv_fs_cb cb) { return uv_fs_statfs(loop, request, path, cb); }},
    {"symlink",
     [](Loop loop, Request request, Path path, uv_file, uv_fs_cb cb) {
       return uv_fs_symlink(loop, request, path, (std::string(path) + "2").c_str(), 0, cb);
     }},
    {"unlink", [](Loop loop, Request request, Path path, uv_file,
                  uv_fs_cb cb) { return uv_fs_unlink(loop, request, path, cb); }},
    {"utime", [](Loop loop, Request request, Path path, uv_file,
                 uv_fs_cb cb) { return uv_fs_utime(loop, request, path, 1, 1, cb); }},
    {"write",
     [](Loop loop, Request request, Path, uv_file file, uv_fs_cb cb) {
       uv_buf_t buffer = one_byte();
       return uv_fs_write(loop, request, file, &buffer, 1, 0, cb);
     }},
};

class FileCallbacks : public NotInline, public testing::WithParamInterface<FsCase> {
 protected:
  void run_on(const char* name, uv_file file) {
    uv_fs_t request;
    calls = inside_calls = 0;
    const std::string path = scene.file(name);
    ASSERT_EQ(0, under_test(
                     [&] { return GetParam().start(&loop, &request, path.c_str(), file, noted); }));
    EXPECT_EQ(0, inside_calls);
    run();
    EXPECT_EQ(1, calls);
    if (request.fs_type == UV_FS_OPENDIR && request.result == 0) {
      uv_fs_t closing;
      uv_fs_closedir(nullptr, &closing, static_cast<uv_dir_t*>(request.ptr), nullptr);
      uv_fs_req_cleanup(&closing);
    }
    uv_fs_req_cleanup(&request);
  }
};

TEST_P(FileCallbacks, ComeLaterThanTheCall) {
  const uv_file file = scene.open_file("here");
  run_on("here", file);
  run_on("folder/missing", -1);
  run_on(".", scene.open_file("here"));
}

INSTANTIATE_TEST_SUITE_P(Every, FileCallbacks, testing::ValuesIn(kFsCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

// A directory that is read and closed.
TEST_F(NotInline, DirectoryCallbacksComeLaterThanTheCall) {
  uv_fs_t request;
  ASSERT_EQ(0, uv_fs_opendir(nullptr, &request, scene.folder.c_str(), nullptr));
  uv_dir_t* opened = static_cast<uv_dir_t*>(request.ptr);
  uv_fs_req_cleanup(&request);
  uv_dirent_t entries[4];
  opened->dirents = entries;
  opened->nentries = 4;
  ASSERT_EQ(0, under_test([&] { return uv_fs_readdir(&loop, &request, opened, noted); }));
  run();
  uv_fs_req_cleanup(&request);
  ASSERT_EQ(0, under_test([&] { return uv_fs_closedir(&loop, &request, opened, noted); }));
  run();
  uv_fs_req_cleanup(&request);
  EXPECT_EQ(2, calls);
  EXPECT_EQ(0, inside_calls);
}

}  // namespace
}  // namespace conformance
