// Opening and closing files in the background: whichever way is taken, the descriptor is the one
// that opening alone would have given, and what has to be waited for holds up nobody.
#include <filesystem>
#include <string>

#include "busy_pool.h"
#include "fs_opening_fixture.h"
#include "process_child.h"

namespace conformance {
namespace {

TEST_F(FsOpening, TakesAFreeNumberBetweenOthers) {
  int files[3];
  for (int& file : files)
    file = static_cast<int>(open_file(path_, UV_FS_O_RDONLY));
  EXPECT_EQ(0, close_file(files[1]));
  EXPECT_EQ(files[1], open_file(path_, UV_FS_O_RDONLY));
  for (int file : files)
    EXPECT_EQ(0, close_file(file));
}

TEST_F(FsOpening, TellsWhatIsWrongWithTheName) {
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(UV_ENOENT, open_file(directory_ / "missing", UV_FS_O_RDONLY));
    EXPECT_EQ(kBelowAFile, open_file(path_ + "/below", UV_FS_O_RDONLY));
    const ssize_t folder = open_file(directory_.path(), UV_FS_O_RDONLY);
    EXPECT_GE(folder, 0);
    EXPECT_EQ(0, close_file(folder));
  }
}

TEST_F(FsOpening, OfAFileWithoutANameClosesIt) {
  EXPECT_EQ(0, close_file(open_file(path_, UV_FS_O_RDONLY)));
  const ssize_t file = open_file(path_, UV_FS_O_RDONLY);
  ASSERT_TRUE(std::filesystem::remove(path_));
  EXPECT_EQ(0, close_file(file));
  EXPECT_FALSE(is_open(file));
}

// Behind what others have appended meanwhile, whatever position is asked for.
TEST_F(FsOpening, AnEmptiedFileIsAppendedToAsAnyOther) {
  constexpr int kAppend = UV_FS_O_WRONLY | UV_FS_O_APPEND;
  for (int more : {0, UV_FS_O_TRUNC, UV_FS_O_TRUNC | UV_FS_O_CREAT}) {
    EXPECT_EQ(0, close_at_once(open_at_once(path_, UV_FS_O_WRONLY | UV_FS_O_TRUNC)));
    const uv_file file = open_at_once(path_, kAppend | more);
    const uv_file others = open_at_once(path_, kAppend);
    EXPECT_EQ(4, write_at_once(file, "ours"));
    EXPECT_EQ(6, write_at_once(others, "theirs"));
    EXPECT_EQ(4, write_at_once(file, "more"));
    EXPECT_EQ(4, write_at_once(file, "last", 0));
    EXPECT_EQ(0, close_at_once(file));
    EXPECT_EQ(0, close_at_once(others));
    EXPECT_EQ("ourstheirsmorelast", contents(path_)) << more;
  }
}

TEST_F(FsOpening, WhoEmptiesAFileToReadItMayNotWriteToIt) {
  const uv_file file = open_at_once(path_, UV_FS_O_RDONLY | UV_FS_O_TRUNC);
  ASSERT_GE(file, 0);
  EXPECT_LT(write_at_once(file, "x"), 0);
  EXPECT_EQ(0, close_at_once(file));
  EXPECT_EQ("", contents(path_));
}

// What is read lies far beyond what the loop's own thread would read at once.
TEST_F(FsOpening, ClosingStandsBehindAReadOfTheFile) {
  std::filesystem::resize_file(path_, 1 << 20);
  close_file(open_file(path_, UV_FS_O_RDONLY));
  const int file = static_cast<int>(open_file(path_, UV_FS_O_RDONLY));
  std::string text(1 << 20, 'x');
  uv_buf_t buffer = uv_buf_init(text.data(), static_cast<unsigned>(text.size()));
  BusyPool pool(&loop_);
  FsCall reading, closing;
  ASSERT_EQ(0, uv_fs_read(&loop_, &reading.request, file, &buffer, 1, 0, FsCall::count));
  ASSERT_EQ(0, uv_fs_close(&loop_, &closing.request, file, FsCall::count));
  pool.let_one_go();
  while (closing.callbacks == 0)
    uv_run(&loop_, UV_RUN_ONCE);
  EXPECT_EQ(1, reading.callbacks);
  EXPECT_EQ(1 << 20, reading.request.result);
  EXPECT_EQ(0, closing.request.result);
  pool.let_go();
  uv_run(&loop_, UV_RUN_DEFAULT);
}

}  // namespace
}  // namespace conformance
