// Watching files and folders on Windows, where the system tells of changes some time after they are
// made, watches whole trees by itself, and a file by the name that it has in its folder.
#include <open_handles.h>

#include <filesystem>
#include <string>

#include "fs_event_support.h"

namespace conformance {
namespace {

class FsEventWindows : public FsEvent {
 protected:
  void SetUp() override {
    FsEvent::SetUp();
    init(watcher_);
  }
  void TearDown() override {
    watcher_.close();
    FsEvent::TearDown();
    EXPECT_EQ(1, watcher_.closed);
  }

  bool await_told(const std::string& name, int events) {
    return await([&] { return watcher_.has_seen(name, events); });
  }

  Watcher watcher_;
};

TEST_F(FsEventWindows, TellsOfEntries) {
  ASSERT_EQ(0, watcher_.start(directory_.path()));
  EXPECT_EQ(1, uv_is_active(watcher_.base()));
  write_file(directory_ / "a");
  EXPECT_TRUE(await_told("a", UV_RENAME)) << "it appeared";
  EXPECT_TRUE(await_told("a", UV_CHANGE)) << "it was written to";
  std::filesystem::rename(directory_ / "a", directory_ / "b");
  EXPECT_TRUE(await_told("b", UV_RENAME));
  watcher_.seen.clear();
  ASSERT_TRUE(std::filesystem::remove(directory_ / "b"));
  EXPECT_TRUE(await_told("b", UV_RENAME)) << "it is gone";
}

TEST_F(FsEventWindows, TellsNamesInUtf8) {
  const std::string name = "\xc3\xa9\xe2\x82\xac\xf0\x9f\x8e\xbb";
  ASSERT_EQ(0, watcher_.start(directory_.path()));
  make_directory(directory_ / name);
  EXPECT_TRUE(await_told(name, UV_RENAME));
}

TEST_F(FsEventWindows, TellsOfAFileAndNotOfItsNeighbours) {
  write_file(directory_ / "file");
  ASSERT_EQ(0, watcher_.start(directory_ / "file"));
  write_file(directory_ / "neighbour");
  write_file(directory_ / "file", "longer");
  EXPECT_TRUE(await_told("file", UV_CHANGE));
  ASSERT_TRUE(std::filesystem::remove(directory_ / "file"));
  EXPECT_TRUE(await_told("file", UV_RENAME));
  for (const Seen& one : watcher_.seen)
    EXPECT_EQ("file", one.name);
}

TEST_F(FsEventWindows, FindsAFileWhateverTheCaseOfItsName) {
  write_file(directory_ / "File");
  ASSERT_EQ(0, watcher_.start(directory_ / "FILE"));
  write_file(directory_ / "file", "longer");
  EXPECT_TRUE(await([&] { return !watcher_.seen.empty(); }));
}

TEST_F(FsEventWindows, TellsOfWhatIsBelowWithItsPath) {
  make_directory(directory_ / "folder");
  ASSERT_EQ(0, watcher_.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
  write_file(directory_ / "folder/file");
  EXPECT_TRUE(await_told("folder\\file", UV_RENAME));
}

TEST_F(FsEventWindows, TellsOfWhatIsBelowNewFolders) {
  ASSERT_EQ(0, watcher_.start(directory_.path(), UV_FS_EVENT_RECURSIVE));
  make_directory(directory_ / "new");
  EXPECT_TRUE(await_told("new", UV_RENAME));
  write_file(directory_ / "new/file");
  EXPECT_TRUE(await_told("new\\file", UV_RENAME));
}

TEST_F(FsEventWindows, TellsOfNothingBelowUnlessAskedTo) {
  make_directory(directory_ / "folder");
  ASSERT_EQ(0, watcher_.start(directory_.path()));
  write_file(directory_ / "folder/file");
  write_file(directory_ / "last");
  EXPECT_TRUE(await_told("last", UV_RENAME));
  EXPECT_FALSE(watcher_.has_seen("folder\\file", UV_RENAME));
}

TEST_F(FsEventWindows, TellsThatTheFolderIsGone) {
  make_directory(directory_ / "watched");
  ASSERT_EQ(0, watcher_.start(directory_ / "watched"));
  ASSERT_TRUE(std::filesystem::remove(directory_ / "watched"));
  EXPECT_TRUE(await_told("watched", UV_RENAME));
  EXPECT_EQ(1, uv_is_active(watcher_.base())) << "until it is stopped";
  make_directory(directory_ / "watched");
  EXPECT_EQ(0, uv_fs_event_stop(&watcher_.handle));
}

// More than the system has room for, while the loop does not run.
TEST_F(FsEventWindows, TellsThatChangesWereLost) {
  ASSERT_EQ(0, watcher_.start(directory_.path()));
  constexpr int kMany = 600;
  const std::string rest(100, 'x');
  for (int i = 0; i < kMany; ++i)
    make_directory(directory_ / (rest + std::to_string(i)));
  EXPECT_TRUE(await_told(kNoName, UV_CHANGE));
  for (const Seen& one : watcher_.seen) {
    EXPECT_TRUE(one.name != kNoName || one.events == UV_CHANGE) << one.events;
  }
  make_directory(directory_ / "afterwards");
  EXPECT_TRUE(await_told("afterwards", UV_RENAME)) << "it goes on";
}

// Each start opens a handle, and each stop closes it.
TEST_F(FsEventWindows, LeavesNoHandlesOpen) {
  const auto count_after_rounds = [&] {
    for (int round = 0; round < 20; ++round) {
      EXPECT_EQ(0, watcher_.start(directory_.path()));
      uv_run(&loop_, UV_RUN_NOWAIT);
      EXPECT_EQ(0, uv_fs_event_stop(&watcher_.handle));
      uv_run(&loop_, UV_RUN_NOWAIT);
    }
    return test_support::count_open_handles();
  };
  const int before = count_after_rounds();
  EXPECT_GE(before, count_after_rounds());
}

}  // namespace
}  // namespace conformance
