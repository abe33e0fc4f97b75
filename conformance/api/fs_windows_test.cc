// Files as Windows has them: attributes instead of modes, sharing, names of any length.
#include <fcntl.h>
#include <io.h>

#include <thread>
#include <vector>

#include "fs_directory_fixture.h"
#include "support.h"

namespace conformance {
namespace {

using Fs = FsFixture;

#define START uv_loop_t *loop, uv_fs_t *request, uv_fs_cb callback

HANDLE handle_of(uv_file file) {
  return uv_get_osfhandle(file);
}

TEST_P(Fs, OpensForNoChild) {
  uv_file file = open(directory_ / "file", UV_FS_O_RDWR | UV_FS_O_CREAT);
  ASSERT_GE(file, 0);
  DWORD flags = ~DWORD{0};
  ASSERT_TRUE(GetHandleInformation(handle_of(file), &flags));
  EXPECT_EQ(0u, flags & HANDLE_FLAG_INHERIT);
  EXPECT_EQ(0, close(file));
  EXPECT_EQ(UV_EBADF, close(file));
}

TEST_P(Fs, ErrorsOfOpening) {
  write_file(directory_ / "file", "text");
  EXPECT_EQ(UV_EINVAL, open(directory_ / "file", 3)) << "neither reading nor writing";
  EXPECT_EQ(UV_EINVAL, open(directory_ / "file", UV_FS_O_RANDOM | UV_FS_O_SEQUENTIAL));
  EXPECT_EQ(UV_ENOENT, open(directory_ / "file/below", UV_FS_O_RDONLY));
  EXPECT_EQ(UV_EEXIST, open(directory_ / "file", UV_FS_O_RDWR | UV_FS_O_CREAT | UV_FS_O_EXCL));
  EXPECT_EQ(UV_EINVAL, open("\xff", UV_FS_O_RDONLY)) << "no WTF-8";
  EXPECT_EQ(UV_ENOENT, open("", UV_FS_O_RDONLY));
}

TEST_P(Fs, ADirectoryCanBeOpenedAndNotBeRead) {
  uv_file file = open(directory_.path(), UV_FS_O_RDONLY);
  ASSERT_GE(file, 0);
  char byte = 'x';
  uv_buf_t buffer = uv_buf_init(&byte, 1);
  EXPECT_EQ(UV_EISDIR,
            run([&](START) { return uv_fs_read(loop, request, file, &buffer, 1, -1, callback); }));
  FsCall call;
  EXPECT_EQ(0, run(call, [&](START) { return uv_fs_fstat(loop, request, file, callback); }));
  EXPECT_EQ(static_cast<uint64_t>(S_IFDIR), call.request.statbuf.st_mode & S_IFMT);
  EXPECT_EQ(0, close(file));
}

TEST_P(Fs, WhatAFileWasNotOpenedForIsNotPermitted) {
  write_file(directory_ / "file", "text");
  char byte = 'x';
  uv_buf_t buffer = uv_buf_init(&byte, 1);
  uv_file file = open(directory_ / "file", UV_FS_O_RDONLY);
  EXPECT_EQ(UV_EPERM,
            run([&](START) { return uv_fs_write(loop, request, file, &buffer, 1, 0, callback); }));
  close(file);
  file = open(directory_ / "file", UV_FS_O_WRONLY);
  EXPECT_EQ(UV_EPERM,
            run([&](START) { return uv_fs_read(loop, request, file, &buffer, 1, 0, callback); }));
  close(file);
}

TEST_P(Fs, AppendsWhateverTheOffset) {
  write_file(directory_ / "file", "begin:");
  uv_file file = open(directory_ / "file", UV_FS_O_WRONLY | UV_FS_O_APPEND);
  EXPECT_EQ(3, write(file, "one"));
  EXPECT_EQ(3, write(file, "two", 0));
  close(file);
  EXPECT_EQ("begin:onetwo", read_file(directory_ / "file"));
}

TEST_P(Fs, LocksOthersOut) {
  uv_file file = open(directory_ / "file", UV_FS_O_RDWR | UV_FS_O_CREAT | UV_FS_O_EXLOCK);
  ASSERT_GE(file, 0);
  EXPECT_EQ(UV_EBUSY, open(directory_ / "file", UV_FS_O_RDONLY));
  close(file);
  file = open(directory_ / "file", UV_FS_O_RDONLY);
  EXPECT_GE(file, 0);
  close(file);
}

TEST_P(Fs, RemovesATemporaryFileOnClose) {
  const std::string path = directory_ / "file";
  uv_file file = open(path, UV_FS_O_RDWR | UV_FS_O_CREAT | UV_FS_O_TEMPORARY | UV_FS_O_SHORT_LIVED);
  EXPECT_EQ(4, write(file, "text"));
  EXPECT_EQ("text", read(file, 10, 0));
  close(file);
  EXPECT_EQ(UV_ENOENT, open(path, UV_FS_O_RDONLY));
}

TEST_P(Fs, TheOtherFlagsChangeNothingToBeSeen) {
  for (int flag :
       {UV_FS_O_RANDOM, UV_FS_O_SEQUENTIAL, UV_FS_O_SYNC, UV_FS_O_DSYNC, UV_FS_O_FILEMAP}) {
    uv_file file = open(directory_ / "file", UV_FS_O_RDWR | UV_FS_O_CREAT | UV_FS_O_TRUNC | flag);
    ASSERT_GE(file, 0) << flag;
    EXPECT_EQ(4, write(file, "text"));
    EXPECT_EQ("ext", read(file, 10, 1));
    close(file);
  }
}

TEST_P(Fs, ThePositionStaysWhereItIsForOthers) {
  // Transfers at an offset move it here, for a moment; nobody may see that.
  uv_file file = open(directory_ / "file", UV_FS_O_RDWR | UV_FS_O_CREAT);
  std::string text;
  for (int i = 0; i < 3000; ++i)
    text += static_cast<char>('a' + i % 26);
  write(file, text, 0);
  std::thread others[2];
  for (std::thread& other : others) {
    other = std::thread([file] {
      for (int i = 0; i < 300; ++i) {
        char room[7];
        uv_fs_t request;
        uv_buf_t buffer = uv_buf_init(room, sizeof(room));
        uv_fs_read(nullptr, &request, file, &buffer, 1, i * 3, nullptr);
      }
    });
  }
  std::string found;
  while (found.size() < text.size()) {
    char room[10];
    uv_fs_t request;
    uv_buf_t buffer = uv_buf_init(room, sizeof(room));
    const int count = uv_fs_read(nullptr, &request, file, &buffer, 1, -1, nullptr);
    if (count <= 0) break;
    found.append(room, static_cast<std::size_t>(count));
  }
  for (std::thread& other : others)
    other.join();
  EXPECT_TRUE(text == found);
  close(file);
}

TEST_P(Fs, TellsAboutFiles) {
  const std::string path = directory_ / "file";
  write_file(path, "0123456789");
  ASSERT_EQ(0, run([&](START) {
              return uv_fs_link(loop, request, path.c_str(), (directory_ / "hard").c_str(),
                                callback);
            }));
  uv_file file = open(path, UV_FS_O_RDONLY);
  BY_HANDLE_FILE_INFORMATION system;
  ASSERT_TRUE(GetFileInformationByHandle(handle_of(file), &system));
  FsCall call;
  EXPECT_EQ(0, run(call, [&](START) { return uv_fs_fstat(loop, request, file, callback); }));
  EXPECT_EQ(0, close(file));
  const uv_stat_t& open_status = call.request.statbuf;
  for (const uv_stat_t& status : {stat(path), stat(directory_ / "hard"), open_status}) {
    EXPECT_EQ(system.dwVolumeSerialNumber, status.st_dev);
    EXPECT_EQ(uint64_t{system.nFileIndexHigh} << 32 | system.nFileIndexLow, status.st_ino);
    EXPECT_EQ(static_cast<uint64_t>(S_IFREG | 0666), status.st_mode);
    EXPECT_EQ(2u, status.st_nlink);
    EXPECT_EQ(10u, status.st_size);
    EXPECT_GT(status.st_birthtim.tv_sec, 1'600'000'000);
    const uint64_t ticks = uint64_t{system.ftLastWriteTime.dwHighDateTime} << 32 |
                           system.ftLastWriteTime.dwLowDateTime;
    EXPECT_EQ(static_cast<long>(ticks / 10'000'000 - 11'644'473'600), status.st_mtim.tv_sec);
    EXPECT_EQ(static_cast<long>(ticks % 10'000'000 * 100), status.st_mtim.tv_nsec);
  }
  EXPECT_EQ(static_cast<uint64_t>(S_IFDIR | 0666), stat(directory_.path()).st_mode);
}

TEST_P(Fs, TellsAboutPipes) {
  uv_file ends[2];
  ASSERT_EQ(0, uv_pipe(ends, 0, 0));
  FsCall call;
  EXPECT_EQ(0, run(call, [&](START) { return uv_fs_fstat(loop, request, ends[0], callback); }));
  EXPECT_EQ(static_cast<uint64_t>(_S_IFIFO), call.request.statbuf.st_mode & S_IFMT);
  EXPECT_EQ(UV_NAMED_PIPE, uv_guess_handle(ends[0]));
  EXPECT_EQ(5, write(ends[1], "bytes"));
  EXPECT_EQ("byt", read(ends[0], 3)) << "what is there, and no more";
  EXPECT_EQ("es", read(ends[0], 100));
  close(ends[1]);
  EXPECT_EQ("", read(ends[0], 1)) << "the end";
  close(ends[0]);
}

TEST_P(Fs, AModeIsTheReadOnlyAttribute) {
  const std::string path = directory_ / "file";
  write_file(path, "text");
  auto chmod = [&](int mode) {
    return run([&](START) { return uv_fs_chmod(loop, request, path.c_str(), mode, callback); });
  };
  auto access = [&](int mode) {
    return run([&](START) { return uv_fs_access(loop, request, path.c_str(), mode, callback); });
  };
  EXPECT_EQ(0, access(R_OK | W_OK));
  EXPECT_EQ(0, chmod(0444));
  EXPECT_EQ(0444u, stat(path).st_mode & 0777);
  EXPECT_EQ(UV_EPERM, access(W_OK));
  EXPECT_EQ(0, access(R_OK));
  EXPECT_EQ(0, chmod(0600));
  EXPECT_EQ(0666u, stat(path).st_mode & 0777);
  uv_file file = open(path, UV_FS_O_RDONLY);
  EXPECT_EQ(0, run([&](START) { return uv_fs_fchmod(loop, request, file, 0400, callback); }));
  EXPECT_EQ(0444u, stat(path).st_mode & 0777);
  EXPECT_EQ(0, run([&](START) { return uv_fs_fchmod(loop, request, file, 0600, callback); }));
  close(file);
  EXPECT_EQ(UV_EBADF, run([&](START) { return uv_fs_fchmod(loop, request, -1, 0, callback); }));
  const std::string missing = directory_ / "missing";
  EXPECT_EQ(UV_ENOENT,
            run([&](START) { return uv_fs_chmod(loop, request, missing.c_str(), 0, callback); }));
}

TEST_P(Fs, TimesOfAFileThatIsOpenForReading) {
  write_file(directory_ / "file", "");
  uv_file file = open(directory_ / "file", UV_FS_O_RDONLY);
  EXPECT_EQ(0, run([&](START) { return uv_fs_futime(loop, request, file, 100, 200, callback); }));
  close(file);
  EXPECT_EQ(100, stat(directory_ / "file").st_atim.tv_sec);
  EXPECT_EQ(200, stat(directory_ / "file").st_mtim.tv_sec);
  EXPECT_EQ(0, run([&](START) {
              return uv_fs_utime(loop, request, directory_.path().c_str(), 300, 400, callback);
            }));
  EXPECT_EQ(400, stat(directory_.path()).st_mtim.tv_sec);
  EXPECT_EQ(UV_EBADF, run([&](START) { return uv_fs_futime(loop, request, -1, 1, 1, callback); }));
}

TEST_P(Fs, OwnersAreLeftAlone) {
  EXPECT_EQ(0, run([&](START) { return uv_fs_chown(loop, request, "x", 1, 1, callback); }));
  EXPECT_EQ(0, run([&](START) { return uv_fs_lchown(loop, request, "x", 1, 1, callback); }));
  EXPECT_EQ(0, run([&](START) { return uv_fs_fchown(loop, request, 0, 1, 1, callback); }));
}

TEST_P(FsDirectory, MakesAndRemoves) {
  const std::string path = directory_ / "new";
  auto make = [&] {
    return run([&](START) { return uv_fs_mkdir(loop, request, path.c_str(), 0711, callback); });
  };
  auto remove = [&](const std::string& name) {
    return run([&](START) { return uv_fs_rmdir(loop, request, name.c_str(), callback); });
  };
  EXPECT_EQ(0, make());
  EXPECT_EQ(UV_EEXIST, make());
  EXPECT_EQ(UV_ENOTEMPTY, remove(directory_.path()));
  EXPECT_EQ(0, remove(path));
  EXPECT_EQ(UV_ENOENT, remove(path));
  write_file(path, "");
  EXPECT_EQ(UV_ENOENT, remove(path)) << "no directory of that name";
}

TEST_P(FsDirectory, MakesTemporaryNames) {
  const std::string path_template = directory_ / "made-XXXXXX";
  FsCall call;
  EXPECT_EQ(0, run(call, [&](START) {
              return uv_fs_mkdtemp(loop, request, path_template.c_str(), callback);
            }));
  EXPECT_NE(path_template, call.request.path);
  EXPECT_EQ(static_cast<uint64_t>(S_IFDIR), stat(call.request.path).st_mode & S_IFMT);
  const ssize_t file = run(
      call, [&](START) { return uv_fs_mkstemp(loop, request, path_template.c_str(), callback); });
  ASSERT_GE(file, 0);
  EXPECT_EQ(4, write(static_cast<uv_file>(file), "text"));
  EXPECT_EQ("text", read_file(call.request.path));
  close(static_cast<uv_file>(file));
  EXPECT_EQ(UV_EINVAL, run(call, [&](START) {
              return uv_fs_mkstemp(loop, request, directory_.path().c_str(), callback);
            }));
  EXPECT_STREQ("", call.request.path);
  const std::string missing = directory_ / "missing/XXXXXX";
  EXPECT_EQ(UV_ENOENT,
            run([&](START) { return uv_fs_mkdtemp(loop, request, missing.c_str(), callback); }));
}

TEST_P(FsDirectory, RemovesAndRenames) {
  const std::string path = directory_ / "file";
  const std::string other = directory_ / "other";
  auto rename = [&](const std::string& from, const std::string& to) {
    return run(
        [&](START) { return uv_fs_rename(loop, request, from.c_str(), to.c_str(), callback); });
  };
  auto unlink = [&](const std::string& name) {
    return run([&](START) { return uv_fs_unlink(loop, request, name.c_str(), callback); });
  };
  write_file(path, "new");
  write_file(other, "old");
  EXPECT_EQ(0, rename(path, other)) << "replaces";
  EXPECT_EQ(UV_ENOENT, rename(path, other));
  EXPECT_EQ("new", read_file(other));
  EXPECT_EQ(UV_EPERM, unlink(directory_.path()));
  ASSERT_EQ(0,
            run([&](START) { return uv_fs_chmod(loop, request, other.c_str(), 0444, callback); }));
  EXPECT_EQ(0, unlink(other)) << "read-only is no hindrance";
  EXPECT_EQ(UV_ENOENT, unlink(other));
}

TEST_P(FsDirectory, AFileThatIsOpenCanBeRemoved) {
  const std::string path = directory_ / "file";
  uv_file file = open(path, UV_FS_O_RDWR | UV_FS_O_CREAT);
  EXPECT_EQ(4, write(file, "text"));
  EXPECT_EQ(0, run([&](START) { return uv_fs_unlink(loop, request, path.c_str(), callback); }));
  EXPECT_EQ("text", read(file, 10, 0));
  close(file);
  EXPECT_EQ(UV_ENOENT, open(path, UV_FS_O_RDONLY));
}

// Longer than 260 letters, with letters outside of ASCII and a name beyond 16 bits.
class LongNames : public FsDirectory {
 protected:
  void SetUp() override {
    FsDirectory::SetUp();
    path_ = directory_.path();
    for (int i = 0; i < 5; ++i) {
      path_ += "/" + std::string(60, static_cast<char>('a' + i)) + "\xc3\xa4";
      ASSERT_EQ(
          0, run([&](START) { return uv_fs_mkdir(loop, request, path_.c_str(), 0700, callback); }));
    }
    ASSERT_GT(path_.size(), 300u);
    file_ = path_ + "/" + kName;
    write_file(file_, "text");
  }

  static constexpr const char* kName = "\xf0\x9f\x90\xb1";
  std::string path_;
  std::string file_;
};
FOR_BOTH_MODES(LongNames);

TEST_P(LongNames, AreFilesAsAnyOther) {
  EXPECT_EQ("text", read_file(file_));
  EXPECT_EQ(4u, stat(file_).st_size);
  FsCall call;
  ASSERT_EQ(1, scan(call, path_));
  uv_dirent_t entry;
  ASSERT_EQ(0, uv_fs_scandir_next(&call.request, &entry));
  EXPECT_STREQ(kName, entry.name);
  EXPECT_EQ(0, run([&](START) {
              return uv_fs_rename(loop, request, file_.c_str(), (path_ + "/other").c_str(),
                                  callback);
            }));
  EXPECT_EQ(0, run([&](START) {
              return uv_fs_unlink(loop, request, (path_ + "/other").c_str(), callback);
            }));
}

TEST_P(LongNames, AreResolved) {
  FsCall call;
  ASSERT_EQ(
      0, run(call, [&](START) { return uv_fs_realpath(loop, request, file_.c_str(), callback); }));
  const std::string resolved = static_cast<char*>(call.request.ptr);
  EXPECT_EQ(":\\", resolved.substr(1, 2)) << resolved;
  EXPECT_EQ(kName, resolved.substr(resolved.size() - 4));
}

TEST_P(FsDirectory, ResolvesPaths) {
  write_file(directory_ / "file", "");
  const std::string roundabout = directory_.path() + "/./x/../FILE";
  FsCall call;
  ASSERT_EQ(0, run(call, [&](START) {
              return uv_fs_realpath(loop, request, roundabout.c_str(), callback);
            }));
  const std::string resolved = static_cast<char*>(call.request.ptr);
  EXPECT_EQ(":\\", resolved.substr(1, 2)) << resolved;
  EXPECT_EQ("\\file", resolved.substr(resolved.size() - 5)) << "as it is written on the disk";
  EXPECT_EQ(std::string::npos, resolved.find("..")) << resolved;
  const std::string missing = directory_ / "missing";
  EXPECT_EQ(UV_ENOENT, run(call, [&](START) {
              return uv_fs_realpath(loop, request, missing.c_str(), callback);
            }));
}

TEST_P(FsDirectory, OtherFilesAreNoLinks) {
  write_file(directory_ / "file", "");
  FsCall call;
  EXPECT_EQ(UV_EINVAL, run(call, [&](START) {
              return uv_fs_readlink(loop, request, (directory_ / "file").c_str(), callback);
            }));
  EXPECT_EQ(UV_ENOENT, run(call, [&](START) {
              return uv_fs_readlink(loop, request, (directory_ / "missing").c_str(), callback);
            }));
}

TEST_P(FsDirectory, LinksAndJunctions) {
  const std::string target = directory_ / "target";
  ASSERT_EQ(0,
            run([&](START) { return uv_fs_mkdir(loop, request, target.c_str(), 0700, callback); }));
  for (int flags : {UV_FS_SYMLINK_DIR, UV_FS_SYMLINK_JUNCTION}) {
    const std::string link = directory_ / ("link-" + std::to_string(flags));
    const ssize_t made = run([&](START) {
      return uv_fs_symlink(loop, request, target.c_str(), link.c_str(), flags, callback);
    });
    if (made == UV_EPERM) continue;  // symbolic links take a privilege
    ASSERT_EQ(0, made) << flags;
    FsCall call;
    ASSERT_EQ(0,
              run(call, [&](START) { return uv_fs_lstat(loop, request, link.c_str(), callback); }));
    EXPECT_EQ(static_cast<uint64_t>(S_IFLNK), call.request.statbuf.st_mode & S_IFMT);
    EXPECT_EQ(static_cast<uint64_t>(S_IFDIR), stat(link).st_mode & S_IFMT);
    ASSERT_EQ(
        0, run(call, [&](START) { return uv_fs_readlink(loop, request, link.c_str(), callback); }));
    EXPECT_EQ("target", std::string(static_cast<char*>(call.request.ptr))
                            .substr(std::string(static_cast<char*>(call.request.ptr)).size() - 6));
    EXPECT_EQ(0, run([&](START) { return uv_fs_unlink(loop, request, link.c_str(), callback); }));
  }
}

}  // namespace
}  // namespace conformance
